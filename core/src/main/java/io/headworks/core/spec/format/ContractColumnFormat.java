package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.BOOLEAN;
import static io.headworks.core.spec.descriptor.Scalars.COLUMN;
import static io.headworks.core.spec.descriptor.Scalars.TEXT;

import io.headworks.api.check.Check;
import io.headworks.api.check.Rule;
import io.headworks.api.type.DataType;
import io.headworks.core.spec.Contract;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.NodeKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Scalars;
import io.headworks.core.spec.descriptor.Values;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column of a contract. */
final class ContractColumnFormat {
    private static final Key<String> COLUMN_NAME =
            Key.of("column", COLUMN, "The column.").mandatory().like("order_id");
    private static final Key<DataType> TYPE =
            Key.of("type", Scalars.TYPE, "Its type.").mandatory().like("bigint");
    private static final Key<Boolean> NULLABLE = Key.of(
                    "nullable", BOOLEAN, "Whether it may be NULL; false is checked on every batch.")
            .byDefault(true, "true");
    private static final Key<String> MEANING = Key.of("description", TEXT, "What it holds.");
    private static final Key<String> DEFINITION = Key.of("business_definition", TEXT, "What it means to the business.");
    private static final Key<Boolean> PII =
            Key.of("pii", BOOLEAN, "Whether it is about persons.").byDefault(false, "false");
    private static final Key<Node> CHECKS = Key.of(
                    "checks",
                    new NodeKind(ListKind.of(new ColumnCheckKind("column"))),
                    "What holds of its values: {type, params} with the options of every check, or a check as everywhere else."
                            + " The column need not be named.")
            .like("[{type: range, params: {min: 1}, severity: P0}]");
    static final ObjectKind<Draft> KIND = ObjectKind.of(
            "contract column",
            "A promised column.",
            List.of(COLUMN_NAME, TYPE, NULLABLE, MEANING, DEFINITION, PII, CHECKS),
            ContractColumnFormat::column);

    private ContractColumnFormat() {}

    /** A column whose checks still lack what depends on where they run. */
    record Draft(
            String name,
            DataType type,
            boolean nullable,
            @Nullable String description,
            @Nullable String definition,
            boolean pii,
            List<CheckDraft> checks,
            Node node,
            String path) {

        /** That it is never NULL, where that is promised and no check says the same. */
        Optional<CheckDraft> promise() {
            Rule rule = new Rule.NotNull(List.of(name));
            boolean written = checks.stream().anyMatch(check -> check.rule().equals(rule));
            return nullable || written
                    ? Optional.empty()
                    : Optional.of(ContractChecks.promised(rule, "nullable: false", node, path));
        }

        Contract.Column with(List<Check> resolved) {
            return new Contract.Column(name, type, nullable, description, definition, pii, resolved);
        }
    }

    private static @Nullable Draft column(Values values) {
        String name = values.get(COLUMN_NAME);
        List<CheckDraft> checks = List.of();
        if (values.has(CHECKS)) {
            checks = values.in().part("checks", ListKind.of(new ColumnCheckKind(name)), values.get(CHECKS));
        }
        return checks == null
                ? null
                : new Draft(
                        name,
                        values.get(TYPE),
                        values.get(NULLABLE),
                        values.find(MEANING),
                        values.find(DEFINITION),
                        values.get(PII),
                        checks,
                        values.node(),
                        values.in().path());
    }
}
