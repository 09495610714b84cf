package io.headworks.connector.parquet;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.Optional;

/** Which types a Parquet file keeps exactly. */
final class StoredTypes {
    private StoredTypes() {}

    /** Throws for the first column that would not come back as it went in. */
    static void require(Schema schema, String table) {
        for (Field field : schema.fields()) {
            refusal(field.type(), false).ifPresent(reason -> {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot keep column '" + field.name() + "' of " + table + " in Parquet: type " + field.type()
                                + " " + reason);
            });
        }
    }

    private static Optional<String> refusal(DataType type, boolean nested) {
        if (type == Simple.INTERVAL) {
            return Optional.of("would lose its microseconds (cast it to text, or to a number of seconds)");
        } else if (type == Simple.TIMETZ) {
            return Optional.of("would lose its offset (cast it to text)");
        } else if (type == Simple.NUMERIC) {
            return Optional.of("has no bounds (cast it to decimal(p,s) with p up to 38)");
        } else if (type == Simple.HUGEINT && nested) {
            return Optional.of("inside a list, struct or map would become a double (cast it to decimal(38,0))");
        } else if (type instanceof DataType.Decimal decimal && decimal.precision() > 38) {
            return Optional.of("is wider than 38 digits");
        } else if (type instanceof DataType.ListOf list) {
            return refusal(list.element(), true);
        } else if (type instanceof DataType.MapOf map) {
            return refusal(map.key(), true).or(() -> refusal(map.value(), true));
        } else if (type instanceof DataType.Struct struct) {
            return struct.fields().stream()
                    .flatMap(field -> refusal(field.type(), true).stream())
                    .findFirst();
        }
        return Optional.empty();
    }
}
