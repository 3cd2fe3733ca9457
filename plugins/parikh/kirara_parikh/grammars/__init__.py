"""Context-free grammars: their text, their useful part, derivations, enumeration."""
