package io.headworks.core.imports;

import io.headworks.core.spec.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A project of another tool, ready to be written as ours.
 *
 * <p>What our own reader refuses is left out and the rest made anew, until nothing is refused: {@link #project} is asked
 * again with what was refused so far.
 */
public interface Draft {
    /** What it is called, as the folder to write to by default. */
    String name();

    /** @param refused what has to be left out, by the name that {@link Rewritten#owner} gave, and why */
    Rewritten project(Map<String, String> refused);

    /** A project of ours. */
    interface Rewritten {
        /** By path relative to the project's folder. */
        Map<String, NewFile> files();

        List<Finding> findings();

        /** The name of what a problem of our reader is about; empty for what everything depends on. */
        String owner(Problem problem);
    }

    /** Whose problem it is decided by the file it is in. */
    record OfFiles(Map<String, NewFile> files, List<Finding> findings, Map<String, String> owners)
            implements Rewritten {
        public OfFiles {
            files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
            findings = findings.stream().sorted(Finding.ORDER).distinct().toList();
            owners = Collections.unmodifiableMap(new TreeMap<>(owners));
        }

        @Override
        public String owner(Problem problem) {
            return owners.getOrDefault(problem.file(), "");
        }
    }
}
