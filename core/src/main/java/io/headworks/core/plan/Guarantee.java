package io.headworks.core.plan;

import java.util.List;

/**
 * What a run promises about rows, derived from source, strategy and target, with its stated limits.
 *
 * @param sentence begins with "exactly-once effect" or "at least once"
 */
public record Guarantee(String sentence, List<String> limits) {
    public Guarantee {
        limits = List.copyOf(limits);
    }
}
