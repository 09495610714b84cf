package io.headworks.duckdb.lineage;

import io.headworks.api.lineage.Dependence;
import io.headworks.api.lineage.Trace.Column;
import io.headworks.api.lineage.Use;
import io.headworks.duckdb.inspect.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two relations side by side, and by which columns their rows meet. */
final class Join {
    private final Context context;
    private final Node join;
    private final From left;
    private final From right;

    Join(Context context, Node join) {
        this.context = context;
        this.join = join;
        Froms froms = new Froms(context);
        this.left = froms.of(join.child("left"));
        // What stands to the right may name what stands to the left.
        this.right = new Froms(context.inside(new Scope(left, context.outer()))).of(join.child("right"));
    }

    From from() {
        List<String> using = using();
        List<Dependence> rows = new ArrayList<>(List.of(left.rows(), right.rows()));
        for (String name : using) {
            rows.add(column(left, name).from().as(Use.JOIN));
            rows.add(column(right, name).from().as(Use.JOIN));
        }
        From both = new From(relations(), star(using), Dependence.NONE);
        From met = new From(
                concat(left.relations(), right.relations()), concat(left.star(), right.star()), Dependence.NONE);
        Scope scope = new Scope(using.isEmpty() ? met : both, context.outer());
        rows.add(new Expressions(context, scope).of(join.child("condition")).as(Use.JOIN));
        return both.with(Dependence.all(rows));
    }

    /** The right side of these is only asked whether it has a row. */
    private boolean onlyLeft() {
        return List.of("SEMI", "ANTI").contains(join.text("join_type"));
    }

    private List<Relation> relations() {
        return onlyLeft() ? left.relations() : concat(left.relations(), right.relations());
    }

    private List<From.Item> star(List<String> using) {
        List<From.Item> star = new ArrayList<>();
        for (From.Item item : left.star()) {
            Column column = item.column();
            boolean merged = column != null && using.stream().anyMatch(column.name()::equalsIgnoreCase);
            star.add(merged ? new From.Item(item.relation(), merged(Objects.requireNonNull(column))) : item);
        }
        for (String name : using) {
            // An open table has it among its other columns; a name alone means this one.
            if (left.star().stream().noneMatch(item -> item.isCalled(name))) {
                Column found = column(left, name);
                star.add(new From.Item(left.open().get(0), merged(found)));
            }
        }
        if (!onlyLeft()) {
            right.star().stream()
                    .filter(item -> using.stream().noneMatch(item::isCalled))
                    .forEach(star::add);
        }
        return star;
    }

    /** What USING makes of two columns: the one that always has a value, or the first that has. */
    private Column merged(Column ofLeft) {
        Column ofRight = column(right, ofLeft.name());
        return switch (join.text("join_type")) {
            case "RIGHT" -> new Column(ofLeft.name(), ofRight.from());
            case "OUTER", "FULL" ->
                new Column(ofLeft.name(), ofLeft.from().and(ofRight.from()).as(Use.COMPUTED));
            default -> ofLeft;
        };
    }

    private List<String> using() {
        if (!join.text("ref_type").equals("NATURAL")) {
            return join.texts("using_columns");
        }
        for (From side : List.of(left, right)) {
            if (!side.open().isEmpty()) {
                throw new CannotTell("NATURAL JOIN needs the columns of "
                        + side.open().get(0).table() + ", which are not known");
            }
        }
        return left.star().stream()
                .map(item -> Objects.requireNonNull(item.column()).name())
                .filter(name -> right.star().stream().anyMatch(item -> item.isCalled(name)))
                .toList();
    }

    private static Column column(From side, String name) {
        return new Scope(side, null)
                .columnOfFrom(name)
                .orElseThrow(() -> new CannotTell("column " + name + " of USING is on one side only"));
    }

    private static <T extends @Nullable Object> List<T> concat(List<T> one, List<T> other) {
        List<T> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }
}
