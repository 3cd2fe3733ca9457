"""Installs plugins into the user's own folder, beside the studio's environment and never into it.

The plugin folder holds numbered *generations*, each complete, and a file that names the active one
(:mod:`.generations`). A change resolves against what the studio runs on (:mod:`.studio_packages`),
unpacks into a stage, reads what is there without running it (:mod:`.staged`), asks, builds the next
generation and switches to it (:mod:`.changes`). All of that happens in a child process
(``python -m kirara_studio.host.installation``), which may be killed at any moment;
:class:`.installer.Installer` is its end in the studio, without Qt.
"""
