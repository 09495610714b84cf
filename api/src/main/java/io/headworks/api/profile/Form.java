package io.headworks.api.profile;

import io.headworks.api.type.DataType;
import java.util.List;

/** A form that texts may have. {@code name} is unique among the forms asked for. */
public sealed interface Form {

    String name();

    /** The whole text matches a regular expression (RE2). */
    record Matching(String name, String expression) implements Form {}

    /** The text is one of a list. */
    record OneOf(String name, List<String> values) implements Form {
        public OneOf {
            values = List.copyOf(values);
        }
    }

    /** The text can be read as a value of a type. */
    record Readable(String name, DataType type) implements Form {}
}
