<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en">
<context>
    <name>releases</name>
    <message>
        <source>Releases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never miss the day an issue comes out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Releases cannot be watched at the moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell me on the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At this hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By this computer’s own clock.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell me the day before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At this hour of the day before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Snooze for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message on the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s stands for the magazine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message the day before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%s has come out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} releases while you were away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bought</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remind me later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
