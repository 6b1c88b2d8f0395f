-- What of an extract of OpenStreetMap stands on the map, for tilemaker 2: few kinds, as many as its styles tell apart.
-- Layers: water, waterway, landuse, buildings, roads, places; each thing has a `kind`, and its names in three languages.

node_keys = { "place" }

local LARGE_M2, SMALL_M2 = 400000, 4000
local FROM_ZOOM = { large = 9, middle = 12, small = 14 }

-- value of `highway` = kind, the first zoom it is drawn at
local ROADS = {
  motorway = { "motorway", 6 }, motorway_link = { "motorway", 11 },
  trunk = { "motorway", 7 }, trunk_link = { "motorway", 12 },
  primary = { "main", 8 }, primary_link = { "main", 12 },
  secondary = { "main", 9 }, secondary_link = { "main", 12 },
  tertiary = { "street", 11 }, tertiary_link = { "street", 13 },
  unclassified = { "street", 12 }, residential = { "street", 12 }, living_street = { "street", 13 }, road = { "street", 13 },
  pedestrian = { "square", 13 }, service = { "service", 14 },
  track = { "path", 13 }, path = { "path", 13 }, footway = { "path", 14 }, bridleway = { "path", 14 }, cycleway = { "cycleway", 13 },
  steps = { "steps", 14 },
}
local RAILS = { rail = 9, light_rail = 11, tram = 12, subway = 12, narrow_gauge = 11, funicular = 12 }
local GREENS = {
  landuse = { forest = "forest", grass = "grass", meadow = "grass", recreation_ground = "park", village_green = "park", cemetery = "park", allotments = "park" },
  leisure = { park = "park", garden = "park", golf_course = "park", nature_reserve = "forest", pitch = "grass" },
  natural = { wood = "forest", scrub = "forest", heath = "forest", grassland = "grass", wetland = "wetland", beach = "sand", sand = "sand" },
}
local BUILT = { residential = "built", commercial = "built", retail = "built", industrial = "industry", harbour = "industry", port = "industry", railway = "industry" }
local AREAS_OF_WATER = { water = true, bay = false }
local STREAMS = { river = 10, canal = 11, stream = 13 }
-- value of `place` = the first zoom its name is drawn at
local PLACES = { city = 6, town = 8, village = 11, suburb = 12, quarter = 13, hamlet = 13, neighbourhood = 14, island = 10, islet = 13, locality = 14 }

local function name(thing)
  for _, key in ipairs({ "name", "name:fr", "name:br", "name:en" }) do
    local value = thing:Find(key)
    if value ~= "" then thing:Attribute((key:gsub(":", "_")), value) end
  end
end

local function drawn(thing, layer, kind, is_area, zoom)
  thing:Layer(layer, is_area)
  thing:Attribute("kind", kind)
  thing:MinZoom(zoom)
end

local function zoom_of(area_m2)
  if area_m2 > LARGE_M2 then return FROM_ZOOM.large end
  if area_m2 > SMALL_M2 then return FROM_ZOOM.middle end
  return FROM_ZOOM.small
end

local function is_under_ground(way)
  return way:Find("tunnel") == "yes" or way:Find("tunnel") == "building_passage"
end

local function road(way, highway)
  local known = ROADS[highway]
  if known == nil then return end
  drawn(way, "roads", known[1], false, known[2])
  if way:Find("bridge") ~= "" and way:Find("bridge") ~= "no" then way:Attribute("over", "bridge") end
  if is_under_ground(way) then way:Attribute("over", "tunnel") end
  name(way)
end

local function rail(way, railway)
  if RAILS[railway] == nil or is_under_ground(way) or way:Find("service") ~= "" then return end
  drawn(way, "roads", "rail", false, RAILS[railway])
end

local function green(way)
  for key, kinds in pairs(GREENS) do
    local kind = kinds[way:Find(key)]
    if kind ~= nil then
      drawn(way, "landuse", kind, true, zoom_of(way:Area()))
      name(way)
      return true
    end
  end
  return false
end

local function is_water(way)
  return AREAS_OF_WATER[way:Find("natural")] or way:Find("waterway") == "riverbank" or way:Find("landuse") == "reservoir"
end

local function area(way)
  if is_water(way) then
    drawn(way, "water", "water", true, zoom_of(way:Area()))
    name(way)
  elseif way:Find("building") ~= "" and way:Find("building") ~= "no" then
    drawn(way, "buildings", "building", true, 13)
  elseif not green(way) and BUILT[way:Find("landuse")] ~= nil then
    drawn(way, "landuse", BUILT[way:Find("landuse")], true, zoom_of(way:Area()))
  end
end

function node_function(node)
  local place = node:Find("place")
  if PLACES[place] == nil or node:Find("name") == "" then return end
  drawn(node, "places", place, false, PLACES[place])
  name(node)
  local people = tonumber(node:Find("population"))
  if people ~= nil then node:AttributeNumeric("people", people) end
end

function way_function(way)
  local highway, railway, stream = way:Find("highway"), way:Find("railway"), STREAMS[way:Find("waterway")]
  if highway ~= "" then
    road(way, highway)
  elseif railway ~= "" and way:Find("building") == "" then
    rail(way, railway)
  elseif stream ~= nil then
    if not is_under_ground(way) then drawn(way, "waterway", "river", false, stream); name(way) end
  elseif way:IsClosed() then
    area(way)
  end
end
