# Runs one mongod, and ends it when the owner is gone: standard input is a pipe whose only writer is the owner.
# A line on it is the name of a signal for mongod. Arguments: `throwaway` or `lasting`, the server's folder, the log
# file, then mongod with its arguments.
mode=$1 folder=$2 log=$3
shift 3
exec 3<&0 </dev/null >>"$log" 2>&1

"$@" 3<&- &
mongod=$!

(
    while read -r signal <&3; do
        kill -s "$signal" "$mongod"
    done
    # The owner is gone. That this reader ends with status 0 says so: the TERM below must not hit it from here on.
    trap '' TERM
    if [ "$mode" = lasting ]; then
        kill -s TERM "$mongod"
        tries=100
        while [ "$tries" -gt 0 ] && kill -s 0 "$mongod"; do
            sleep 0.1
            tries=$((tries - 1))
        done
    fi
    kill -s KILL "$mongod"
    exit 0
) 2>/dev/null &
reader=$!
exec 3<&-

wait "$mongod"
status=$?
kill -s TERM "$reader" 2>/dev/null
if wait "$reader" 2>/dev/null && [ "$mode" = throwaway ] && [ ! -e "$folder/keep" ]; then
    rm -rf -- "$folder"
fi
exit "$status"
