package io.metastore.server;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Random;

/// A program with the life of a log in the heap: each entry lives long enough to become old, then dies.
final class PassingEntries {
    private static final int ENTRY_BYTES = 4096;
    private static final int LIVING = (32 << 20) / ENTRY_BYTES;
    private static final int ALL = (700 << 20) / ENTRY_BYTES;

    private PassingEntries() {}

    /// Prints the greatest use of the old generation in MB.
    ///
    /// @param arguments `small` to keep it small
    public static void main(String[] arguments) {
        if (arguments[0].equals("small")) {
            OldGeneration.keepSmall();
        }
        var random = new Random(1);
        var living = new ArrayDeque<byte[]>(LIVING + 1);
        for (int number = 0; number < ALL; number++) {
            var entry = new byte[ENTRY_BYTES];
            random.nextBytes(entry);
            living.addLast(entry);
            if (living.size() > LIVING) {
                living.removeFirst();
            }
        }
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Tenured Gen"))
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.println(peak >> 20);
    }
}
