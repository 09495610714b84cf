package io.headworks.core.spec.format;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.core.spec.descriptor.Nearest;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.yaml.Node;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of connections, tables and datasets. */
final class Names {
    private static final Pattern DATASET = Pattern.compile("(?:[^:.()\\s]+:)?[^:.()\\s]+(?:\\.[^:.()]*[^:.()\\s])?");
    private static final Pattern TABLE = Pattern.compile("[^:.()\\s]+(?:\\.[^:.()]*[^:.()\\s])?");
    private static final Pattern COLUMNS = Pattern.compile("([^()]+)\\(([^()]+)\\)");

    static final ScalarKind<TableName> TABLE_NAME = ScalarKind.of(
            "table", "[schema.]table", Form.TEXT, text -> TABLE.matcher(text).matches() ? TableName.parse(text) : null);

    /** Read later: whether there is such a dataset is known when all files are. */
    static final ScalarKind<DatasetName> DATASET_NAME = ScalarKind.of(
                    "dataset", "[connection:][schema.]table", Form.TEXT, Names::dataset)
            .hearing((name, node, in) -> heard(name, node, in));

    /** One that is declared, not referred to. */
    static final ScalarKind<DatasetName> DECLARED_DATASET = ScalarKind.of(
                    "dataset", "[connection:][schema.]table", Form.TEXT, Names::dataset)
            .hearing((name, node, in) -> connectionKnown(name, node, in));

    static final ScalarKind<DatasetColumns> DATASET_COLUMNS = ScalarKind.of(
                    "dataset with columns", "[connection:][schema.]table(column)", Form.TEXT, Names::columns)
            .hearing((value, node, in) -> heard(value.dataset(), node, in));

    static final ScalarKind<String> CONNECTION =
            connection("connection", in -> in.known().connections());
    static final ScalarKind<String> SOURCE =
            connection("source", in -> in.known().sources());
    static final ScalarKind<String> TARGET =
            connection("target", in -> in.known().targets());

    static final ScalarKind<String> ALERT_CHANNEL = ScalarKind.of(
                    "alert channel", "the name of an alert channel", Form.TEXT, text -> text)
            .hearing((name, node, in) -> {
                boolean known = in.known().alertChannels().contains(name);
                if (!known) {
                    String nearest = Nearest.to(name, in.known().alertChannels());
                    in.refuse(
                            node,
                            "unknown-alert-channel",
                            "'" + name + "' is not known (allowed: "
                                    + listed(in.known().alertChannels()) + ")",
                            meant(nearest, "declare it under alert_channels in headworks.yml"));
                }
                return known;
            });

    private Names() {}

    /** A dataset and columns of it: {@code dim_customer(customer_id)}. */
    record DatasetColumns(DatasetName dataset, List<String> columns) {}

    private interface Allowed {
        List<String> of(Reading in);
    }

    private static ScalarKind<String> connection(String use, Allowed allowed) {
        return ScalarKind.of("connection", "the name of a connection", Form.TEXT, text -> text)
                .hearing((name, node, in) -> {
                    boolean usable = allowed.of(in).contains(name);
                    if (!usable && in.known().connections().contains(name)) {
                        in.refuse(
                                node,
                                "not-a-" + use,
                                "connection '" + name + "' is no " + use + " (allowed: " + listed(allowed.of(in)) + ")",
                                null);
                    } else if (!usable) {
                        unknown(name, node, in, allowed.of(in));
                    }
                    return usable;
                });
    }

    private static void unknown(String name, Node node, Reading in, List<String> allowed) {
        in.refuse(
                node,
                "unknown-connection",
                "connection '" + name + "' is not known (allowed: " + listed(allowed) + ")",
                meant(Nearest.to(name, allowed), "declare it under connections in headworks.yml"));
    }

    private static boolean heard(DatasetName name, Node.Scalar node, Reading in) {
        if (!connectionKnown(name, node, in)) {
            return false;
        }
        in.mention(name, node);
        return true;
    }

    private static boolean connectionKnown(DatasetName name, Node.Scalar node, Reading in) {
        String connection = name.connection();
        if (connection == null || in.known().connections().contains(connection)) {
            return true;
        }
        unknown(connection, node, in, in.known().connections());
        return false;
    }

    private static @Nullable DatasetName dataset(String text) {
        return DATASET.matcher(text).matches() ? DatasetName.parse(text) : null;
    }

    private static @Nullable DatasetColumns columns(String text) {
        Matcher matcher = COLUMNS.matcher(text);
        DatasetName dataset = matcher.matches() ? dataset(matcher.group(1).strip()) : null;
        if (dataset == null) {
            return null;
        }
        List<String> columns =
                Arrays.stream(matcher.group(2).split(",")).map(String::strip).toList();
        return columns.contains("") ? null : new DatasetColumns(dataset, columns);
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none is declared" : String.join(", ", names);
    }

    private static String meant(@Nullable String nearest, String otherwise) {
        return nearest == null ? otherwise : "did you mean '" + nearest + "'?";
    }
}
