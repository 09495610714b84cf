package io.headworks.core.spec.yaml;

import io.headworks.core.spec.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of a YAML file, untyped: what a text means is up to who reads it. */
public sealed interface Node {
    Source source();

    /** From 1. */
    int line();

    /** From 1, in code points. */
    int column();

    default Place place() {
        return new Place(source().file(), line(), column());
    }

    /** What a person would call it. */
    String kind();

    /** True for nothing at all, {@code ~} and {@code null}. */
    default boolean isNull() {
        return false;
    }

    /**
     * A single value, with its escapes undone.
     *
     * @param start code point of the source where it begins (at the quote, or at the {@code |} of a block)
     * @param end code point after it
     */
    record Scalar(Source source, int line, int column, int start, int end, String text, Style style) implements Node {
        public enum Style {
            PLAIN,
            SINGLE_QUOTED,
            DOUBLE_QUOTED,
            LITERAL,
            FOLDED
        }

        @Override
        public boolean isNull() {
            return style == Style.PLAIN
                    && (text.isEmpty()
                            || text.equals("~")
                            || text.equals("null")
                            || text.equals("Null")
                            || text.equals("NULL"));
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "'" + shortened() + "'";
        }

        private String shortened() {
            String line = text.lines().findFirst().orElse("");
            return line.length() <= 60 && line.equals(text)
                    ? line
                    : line.substring(0, Math.min(57, line.length())) + "...";
        }
    }

    record Sequence(Source source, int line, int column, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys are distinct and keep the order of the file. */
    record Mapping(Source source, int line, int column, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public @Nullable Node get(String key) {
            Entry entry = entry(key);
            return entry == null ? null : entry.value();
        }

        public @Nullable Entry entry(String key) {
            for (Entry entry : entries) {
                if (entry.name().equals(key)) {
                    return entry;
                }
            }
            return null;
        }

        /** The same with another value of a key, or with one more key at its end; what is new stands where its value stands. */
        public Mapping with(String key, Node value) {
            List<Entry> changed = new ArrayList<>();
            for (Entry entry : entries) {
                changed.add(entry.name().equals(key) ? new Entry(entry.key(), value) : entry);
            }
            if (entry(key) == null) {
                Scalar name = new Scalar(value.source(), value.line(), value.column(), 0, 0, key, Scalar.Style.PLAIN);
                changed.add(new Entry(name, value));
            }
            return new Mapping(source, line, column, changed);
        }

        /** The same without some keys. */
        public Mapping without(Collection<String> keys) {
            return new Mapping(
                    source,
                    line,
                    column,
                    entries.stream()
                            .filter(entry -> !keys.contains(entry.name()))
                            .toList());
        }

        @Override
        public String kind() {
            return "a map";
        }
    }

    record Entry(Scalar key, Node value) {
        public String name() {
            return key.text();
        }
    }
}
