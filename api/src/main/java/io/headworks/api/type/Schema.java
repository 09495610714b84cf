package io.headworks.api.type;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ordered fields of a table or batch. */
public record Schema(List<Field> fields) {
    public static final Schema EMPTY = new Schema(List.of());

    public Schema {
        fields = List.copyOf(fields);
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The field of that name, in the exact case. */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    public boolean has(String name) {
        return field(name).isPresent();
    }

    /** One line per field, {@code name type [not null]}: what the schema hash is taken over. */
    public String canonical() {
        return fields.stream()
                .map(field -> field.name() + " " + field.type() + (field.nullable() ? "" : " not null"))
                .collect(Collectors.joining("\n"));
    }

    /** For messages: {@code a, b, c}. */
    @Override
    public String toString() {
        return String.join(", ", names());
    }
}
