package io.metastore.e2e.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What this machine has for the faults that need more than processes.
///
/// @param disks whether members can have file systems of their own
/// @param clocks the library for clocks that jump
record Means(boolean disks, Optional<Path> clocks) {
    /// Looks for all of it.
    ///
    /// @param folder for what has to be tried or made
    /// @param clocks whether the program asks its C library for the time of day, as the JVM does and
    ///     Go does not
    static Means found(Path folder, boolean clocks) {
        return new Means(Disk.possible(folder), clocks ? Clock.library(folder) : Optional.empty());
    }

    /// The faults that can happen here.
    List<Fault> faults() {
        return Arrays.stream(Fault.values()).filter(fault -> has(fault.need())).toList();
    }

    /// What is left out, and why; nothing when all can happen.
    List<String> leftOut() {
        var reasons = new ArrayList<String>();
        for (var need : Fault.Need.values()) {
            var faults = Arrays.stream(Fault.values())
                    .filter(fault -> fault.need() == need)
                    .toList();
            if (!has(need)) {
                reasons.add("left out, since " + need.lack() + ": " + faults);
            }
        }
        return reasons;
    }

    private boolean has(Fault.Need need) {
        return switch (need) {
            case NOTHING -> true;
            case OWN_DISK -> disks;
            case OWN_CLOCK -> clocks.isPresent();
        };
    }
}
