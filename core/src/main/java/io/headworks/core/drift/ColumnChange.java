package io.headworks.core.drift;

import io.headworks.api.type.Field;
import io.headworks.api.type.Widening;
import java.util.List;

/** One difference between two versions of a source's columns. */
public sealed interface ColumnChange {

    /** The word for its class in documents and on the command line. */
    String kind();

    /** The column as it is called now; of one that is gone, as it was. Of an order, the first that moved. */
    String column();

    /** For people, without the class. */
    String sentence();

    /** True where what was made from the column before may be wrong or missing from now on. */
    default boolean mayBreak() {
        return true;
    }

    /** A column that was not there. */
    record Added(Field field) implements ColumnChange {
        @Override
        public String kind() {
            return "additive";
        }

        @Override
        public String column() {
            return field.name();
        }

        @Override
        public String sentence() {
            return "column '" + field.name() + "' " + field.type() + " is new";
        }

        @Override
        public boolean mayBreak() {
            return false;
        }
    }

    /** A column that is gone. */
    record Removed(Field field) implements ColumnChange {
        @Override
        public String kind() {
            return "removed";
        }

        @Override
        public String column() {
            return field.name();
        }

        @Override
        public String sentence() {
            return "column '" + field.name() + "' " + field.type() + " is gone";
        }
    }

    /** The same name in other letters. */
    record Recased(Field before, Field after) implements ColumnChange {
        @Override
        public String kind() {
            return "case";
        }

        @Override
        public String column() {
            return after.name();
        }

        @Override
        public String sentence() {
            return "column '" + before.name() + "' is written '" + after.name() + "'";
        }
    }

    /** Another type under the same name. */
    record Retyped(Field before, Field after) implements ColumnChange {
        @Override
        public String kind() {
            return Widening.holds(after.type(), before.type())
                    ? "widening"
                    : Widening.holds(before.type(), after.type()) ? "narrowing" : "type change";
        }

        @Override
        public String column() {
            return after.name();
        }

        @Override
        public String sentence() {
            return "column '" + after.name() + "' is " + after.type() + ", and was " + before.type();
        }
    }

    /** NULL is allowed where it was not, or the other way round. */
    record Nullability(Field before, Field after) implements ColumnChange {
        @Override
        public String kind() {
            return after.nullable() ? "nullable" : "not null";
        }

        @Override
        public String column() {
            return after.name();
        }

        @Override
        public String sentence() {
            return "column '" + after.name() + "' " + (after.nullable() ? "may be NULL now" : "is never NULL now");
        }

        @Override
        public boolean mayBreak() {
            return after.nullable();
        }
    }

    /** The columns that both have stand in another order. */
    record Reordered(List<String> before, List<String> after) implements ColumnChange {
        public Reordered {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        @Override
        public String kind() {
            return "reordered";
        }

        @Override
        public String column() {
            for (int i = 0; i < after.size(); i++) {
                if (!after.get(i).equals(before.get(i))) {
                    return after.get(i);
                }
            }
            return after.get(0);
        }

        @Override
        public String sentence() {
            return "the columns stand in another order: " + String.join(", ", after);
        }

        @Override
        public boolean mayBreak() {
            return false;
        }
    }
}
