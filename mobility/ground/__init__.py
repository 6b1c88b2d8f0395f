"""The ground of the map: water, land, roads and names of an extract of OpenStreetMap as one archive of vector tiles."""
