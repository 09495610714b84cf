package io.headworks.core.profile;

import io.headworks.api.check.Rule;
import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.ColumnProfile.Counted;
import io.headworks.api.profile.ColumnProfile.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Checks of a column of texts: its values, else its form, else its lengths. */
record TextProposals(ColumnProfile column, boolean hidden) {
    private static final int MOST_VALUES = 10;
    private static final int LONGEST_VALUE = 60;

    /** Each value must have come so often on average, or the list is chance. */
    private static final long FEWEST_EACH = 10;

    void into(List<ProposedCheck> all) {
        accepted().or(this::form).or(this::shape).or(this::length).ifPresent(all::add);
    }

    private Optional<ProposedCheck> accepted() {
        List<Counted> top = column.top().values();
        boolean few = column.top().isComplete() && top.size() <= MOST_VALUES && !top.isEmpty();
        boolean shown = top.stream().allMatch(value -> value.value().length() <= LONGEST_VALUE);
        if (hidden || !few || !shown || column.present() < FEWEST_EACH * top.size()) {
            return Optional.empty();
        }
        List<String> values = top.stream().map(Counted::value).sorted().toList();
        return Optional.of(ProposedCheck.recorded(
                new Rule.Accepted(column.name(), values),
                options("values", values),
                "all values that occur in " + Proposals.rows(column.present())));
    }

    private Optional<ProposedCheck> form() {
        return Conclusion.of(column).flatMap(conclusion -> {
            String expression = conclusion.meaning().expression();
            return expression == null
                    ? Optional.empty()
                    : Optional.of(matching(
                            expression, "looks like " + conclusion.meaning().word()));
        });
    }

    private Optional<ProposedCheck> shape() {
        return ShapePattern.of(column)
                .map(expression -> matching(
                        expression,
                        "every text has the shape " + column.shapes().get(0).value()));
    }

    private ProposedCheck matching(String expression, String reason) {
        return ProposedCheck.recorded(
                new Rule.Pattern(column.name(), expression), options("matches", expression), reason);
    }

    private Optional<ProposedCheck> length() {
        Texts texts = Objects.requireNonNull(column.texts());
        if (texts.shortest() == 0) {
            return Optional.empty();
        } else if (texts.shortest() == texts.longest()) {
            Map<String, Object> options = options("min", texts.shortest());
            options.put("max", texts.longest());
            return Optional.of(ProposedCheck.recorded(
                    new Rule.Length(column.name(), texts.shortest(), texts.longest()),
                    options,
                    "every text has " + texts.longest() + " characters"));
        }
        return Optional.of(ProposedCheck.recorded(
                new Rule.Length(column.name(), 1L, null), options("min", 1L), "no text is empty"));
    }

    private Map<String, Object> options(String name, Object value) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("column", column.name());
        options.put(name, value);
        return options;
    }
}
