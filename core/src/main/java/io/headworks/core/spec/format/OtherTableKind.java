package io.headworks.core.spec.format;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.dataset.TableName;
import io.headworks.core.spec.descriptor.EitherKind;
import io.headworks.core.spec.descriptor.Glossary;
import io.headworks.core.spec.descriptor.JsonSchemas;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.Reading;
import io.headworks.core.spec.yaml.Node;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table with its connection, as a map or as {@code connection:table}. */
final class OtherTableKind implements Kind<DatasetName> {
    private static final Key<String> CONNECTION =
            Key.of("connection", Names.SOURCE, "The connection.").mandatory().like("shop_db");
    private static final Key<TableName> TABLE =
            Key.of("table", Names.TABLE_NAME, "The table.").mandatory().like("orders");
    private static final Kind<DatasetName> EITHER = EitherKind.of(
            Names.DECLARED_DATASET,
            ObjectKind.of(
                    "other table",
                    "A table of another system.",
                    List.of(CONNECTION, TABLE),
                    values -> new DatasetName(values.get(CONNECTION), values.get(TABLE))));

    @Override
    public @Nullable DatasetName read(Node node, Reading in) {
        DatasetName name = EITHER.read(node, in);
        if (name != null) {
            in.mention(name, node);
        }
        return name;
    }

    @Override
    public String label() {
        return EITHER.label();
    }

    @Override
    public Map<String, Object> schema(JsonSchemas schemas) {
        return EITHER.schema(schemas);
    }

    @Override
    public void describe(Glossary glossary) {
        EITHER.describe(glossary);
    }
}
