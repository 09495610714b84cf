package io.headworks.api.target;

import io.headworks.api.load.Strategy;
import io.headworks.api.name.NameRule;
import java.util.List;

/**
 * What a target can do.
 *
 * @param direct true when one statement of the engine can write the table inside the load's transaction
 * @param transactional true when a load of several statements becomes visible at once, and its rows can be checked
 *     before that
 * @param removes true when rows can be deleted by the values of a column
 * @param statements true when it runs SQL of a user's, before and after a load
 * @param names which names its tables and columns can have
 * @param several true when tables can be published together, in one transaction
 * @param limits sentences for {@code hw plan}: what other readers may see, what is not kept
 */
public record TargetAbilities(
        List<Strategy> strategies,
        boolean direct,
        boolean transactional,
        boolean removes,
        boolean statements,
        NameRule names,
        boolean several,
        List<String> limits) {
    public TargetAbilities {
        strategies = List.copyOf(strategies);
        limits = List.copyOf(limits);
    }

    /** Of a target to which any text is a name. */
    public TargetAbilities(
            List<Strategy> strategies,
            boolean direct,
            boolean transactional,
            boolean removes,
            boolean statements,
            boolean several,
            List<String> limits) {
        this(strategies, direct, transactional, removes, statements, NameRule.ANY, several, limits);
    }
}
