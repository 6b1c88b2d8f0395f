#!/bin/sh
# Makes the data folder that an older Hent leaves behind, by the commands of that Hent and from feeds written here:
#   git worktree add /tmp/older fba0be2 && make -C /tmp/older setup
#   tests/kept/make.sh /tmp/older/.venv/bin/hent tests/kept/fba0be2.tar.xz
# Two feeds in service, an earlier version of one to go back to, a version of the other that waits for 2035,
# an account and its weekly offer. What can be made anew without the timetable (searchable days) is left out.
set -eu
hent=$(realpath "$1"); kept=$(realpath -m "$2")
work=$(mktemp -d); cd "$work"
trap 'rm -r "$work"' EXIT

cat > config.toml <<'TOML'
[territory]
name = "Rade"
timezone = "Europe/Paris"
languages = ["fr"]
centre = [47.7, -3.4]

[data_use]
controller = "Rade"
contact = "dpo@rade.example"
TOML

# feed NAME STOP MINUTES FIRST LAST TYPE LAT: one line from NAME_A to NAME_B, three times a day
feed() {
    mkdir -p "$1"
    printf 'agency_id,agency_name,agency_url,agency_timezone\na,%s of the roads,https://rade.example,Europe/Paris\n' "$1" > "$1/agency.txt"
    printf 'stop_id,stop_name,stop_lat,stop_lon\nA,Alpha,47.%s0,-3.40\nB,%s,47.%s3,-3.40\n' "$7" "$2" "$7" > "$1/stops.txt"
    printf 'route_id,agency_id,route_short_name,route_type\n1,a,%s,%s\n' "$1" "$6" > "$1/routes.txt"
    printf 'route_id,service_id,trip_id\n1,all,t8\n1,all,t12\n1,all,t18\n' > "$1/trips.txt"
    printf 'trip_id,arrival_time,departure_time,stop_id,stop_sequence\n' > "$1/stop_times.txt"
    for hour in 08 12 18; do
        printf 't%s,%s:00:00,%s:00:00,A,1\nt%s,%s:%s:00,%s:%s:00,B,2\n' \
            "${hour#0}" "$hour" "$hour" "${hour#0}" "$hour" "$3" "$hour" "$3" >> "$1/stop_times.txt"
    done
    printf 'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nall,1,1,1,1,1,1,1,%s,%s\n' "$4" "$5" > "$1/calendar.txt"
}

load() { "$hent" feeds load "$1" --feed "$1" --licence 'Licence Ouverte 2.0' --publisher Rade --config config.toml --data var; }

feed bus 'Beta before' 10 20260101 20361231 3 7; load bus
feed boat 'Quay' 20 20260101 20361231 4 6; load boat
feed bus 'Beta' 15 20260101 20361231 3 7; load bus
feed boat 'Quay of 2035' 20 20350101 20361231 4 6; load boat

at='--config config.toml --data var'
code=$("$hent" carpool code anna@rade.example $at)
"$hent" carpool sign-in "$code" --alias Anna --adult $at > session.json
account=$("$hent" carpool accounts $at | cut -d ' ' -f 1)
"$hent" carpool offer --account "$account" --from 47.700,-3.400 --to 47.730,-3.400 \
    --weekdays monday,friday --departure 07:30 --seats 2 $at

rm -rf var/networks/*/days var/networks/*/open var/demo
sqlite=var/hent.sqlite3
python3 -c "import sqlite3; c = sqlite3.connect('$sqlite'); c.execute('PRAGMA wal_checkpoint(TRUNCATE)'); c.execute('VACUUM'); c.close()"
tar -cJf "$kept" --sort=name --owner=0 --group=0 --numeric-owner config.toml var
ls -l "$kept"; find var -type f | sort
