"""A cascade of faces in a file."""

from __future__ import annotations

from pathlib import Path


def save_cascade(path: Path, feature: str = "0 0 4 4", node: str = "0 -1 0") -> Path:
    """OpenCV's XML of a cascade of one stage, which every place in a picture passes."""
    subsets = " -1" * 8
    path.write_text(f"""<?xml version="1.0"?>
<opencv_storage>
<cascade>
  <stageType>BOOST</stageType>
  <featureType>LBP</featureType>
  <height>24</height>
  <width>24</width>
  <stageParams>
    <maxDepth>1</maxDepth>
    <maxWeakCount>1</maxWeakCount></stageParams>
  <featureParams>
    <maxCatCount>256</maxCatCount></featureParams>
  <stageNum>1</stageNum>
  <stages>
    <_>
      <maxWeakCount>1</maxWeakCount>
      <stageThreshold>-1.0</stageThreshold>
      <weakClassifiers>
        <_>
          <internalNodes>
            {node}{subsets}</internalNodes>
          <leafValues>
            1.0 1.0</leafValues></_></weakClassifiers></_></stages>
  <features>
    <_>
      <rect>
        {feature}</rect></_></features></cascade>
</opencv_storage>
""")
    return path
