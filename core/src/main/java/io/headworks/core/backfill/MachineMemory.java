package io.headworks.core.backfill;

import java.lang.management.ManagementFactory;

/** How much memory this machine has. */
final class MachineMemory {
    private static final long WHEN_UNKNOWN = 4L << 30;

    private MachineMemory() {}

    static long bytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getTotalMemorySize()
                : WHEN_UNKNOWN;
    }
}
