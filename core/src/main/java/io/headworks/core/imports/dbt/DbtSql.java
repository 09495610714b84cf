package io.headworks.core.imports.dbt;

import io.headworks.core.imports.jinja.Callable;
import io.headworks.core.imports.jinja.Expression;
import io.headworks.core.imports.jinja.None;
import io.headworks.core.imports.jinja.NotRewritable;
import io.headworks.core.imports.jinja.Piece;
import io.headworks.core.imports.jinja.Renderer;
import io.headworks.core.imports.jinja.Renderer.Unrendered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The SQL of one dbt file, rewritten: datasets by their names, variables as values, incremental conditions as ours. */
final class DbtSql implements Renderer.Rewriting {
    private final Relations relations;
    private final DbtVariables variables;
    private final Renderer renderer;
    private final Map<String, Object> config = new LinkedHashMap<>();
    private final Set<String> inputs = new TreeSet<>();
    private boolean insideIncremental;
    private boolean changed;

    DbtSql(Relations relations, DbtVariables variables, List<Piece> macros) {
        this.relations = relations;
        this.variables = variables;
        Map<String, Object> globals = new HashMap<>();
        globals.put("ref", (Callable) this::ref);
        globals.put("source", (Callable) this::source);
        globals.put("var", (Callable) this::variable);
        globals.put("config", (Callable) this::configured);
        globals.put("is_incremental", (Callable) (arguments, named) -> false);
        globals.put("return", (Callable) (arguments, named) -> arguments.get(0));
        globals.put("dbt", Packages.dbt());
        globals.put("dbt_utils", Packages.dbtUtils());
        Map<String, Object> dispatched = new HashMap<>();
        globals.put("adapter", Map.of("dispatch", (Callable) (arguments, named) -> {
            String name = Callable.text("dispatch", arguments, named, 0, "macro_name");
            Object found = dispatched.getOrDefault("duckdb__" + name, dispatched.get("default__" + name));
            if (found == null) {
                throw new NotRewritable("there is no macro default__" + name);
            }
            return found;
        }));
        this.renderer = new Renderer(globals, this);
        dispatched.putAll(renderer.define(macros));
    }

    /** What a file says. */
    record Result(
            String sql, Map<String, Object> config, Set<String> inputs, boolean changed, List<Unrendered> unrendered) {}

    /** The SQL, what config() said, what it reads, and what has no equivalent. To be asked once. */
    Result rewritten(List<Piece> pieces) {
        String sql = renderer.render(pieces);
        List<Unrendered> unrendered = new ArrayList<>(renderer.unrendered());
        try {
            sql = DbtVariables.placed(sql);
        } catch (NotRewritable misplaced) {
            unrendered.add(new Unrendered(0, "", misplaced.reason()));
        }
        return new Result(tidied(sql), config, inputs, changed, unrendered);
    }

    /** Statements leave empty lines behind; a semicolon at the end is dbt's to allow. */
    private static String tidied(String sql) {
        String stripped =
                sql.replaceAll("(?m)[ \\t]+$", "").replaceAll("\\n{3,}", "\n\n").strip();
        return stripped.replaceAll(";\\s*$", "") + "\n";
    }

    private Object ref(List<Object> arguments, Map<String, Object> named) {
        if (arguments.isEmpty() || arguments.size() > 2 || !named.isEmpty()) {
            throw new NotRewritable("versions of a model are not imported");
        }
        String name = arguments.get(arguments.size() - 1).toString();
        return input(relations.ref(name), "there is no model, seed or snapshot '" + name + "' in this project");
    }

    private Object source(List<Object> arguments, Map<String, Object> named) {
        String source = Callable.text("source", arguments, named, 0, "source_name");
        String name = Callable.text("source", arguments, named, 1, "table_name");
        return input(relations.source(source, name), "there is no source '" + source + "." + name + "'");
    }

    private String input(@Nullable String table, String otherwise) {
        if (table == null) {
            throw new NotRewritable(otherwise);
        }
        String sql = Relations.sql(table);
        inputs.add(sql);
        return sql;
    }

    private Object variable(List<Object> arguments, Map<String, Object> named) {
        return variables.value(
                Callable.text("var", arguments, named, 0, "name"),
                Callable.argument(arguments, named, 1, "default", None.NONE));
    }

    private Object configured(List<Object> arguments, Map<String, Object> named) {
        if (!arguments.isEmpty() && arguments.get(0) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> config.put(key.toString(), value));
        }
        config.putAll(named);
        return "";
    }

    @Override
    public @Nullable String output(Expression expression) {
        if ("this".equals(Expression.path(expression))) {
            if (insideIncremental) {
                return IncrementalFilter.THIS;
            }
            throw new NotRewritable("a model cannot read its own table");
        }
        if (expression instanceof Expression.Call call
                && Expression.calls(expression, "var")
                && !call.arguments().isEmpty()
                && call.arguments().get(0) instanceof Expression.Literal name) {
            Expression otherwise = call.arguments().size() > 1
                    ? call.arguments().get(1)
                    : call.named().get("default");
            if (otherwise == null || otherwise instanceof Expression.Literal) {
                Object value = otherwise instanceof Expression.Literal literal ? literal.value() : None.NONE;
                return variables.placeholder(name.value().toString(), value);
            }
        }
        return null;
    }

    @Override
    public @Nullable String condition(Piece.If condition, String before, Renderer.Inside inside) {
        boolean plain = condition.branches().size() == 1;
        if (!plain || !Expression.calls(condition.branches().get(0).condition(), "is_incremental")) {
            return null;
        }
        String full = inside.render(condition.otherwise(), new ArrayList<>());
        String filter = full.isBlank() ? filter(condition.branches().get(0).body(), before, inside) : null;
        changed |= filter != null;
        // In the scope it stands in, so that what cannot be worked out is listed.
        return filter;
    }

    private @Nullable String filter(List<Piece> body, String before, Renderer.Inside inside) {
        List<Unrendered> failed = new ArrayList<>();
        insideIncremental = true;
        try {
            String condition = inside.render(body, failed);
            return failed.isEmpty() ? IncrementalFilter.rewritten(condition, before, inputs) : null;
        } finally {
            insideIncremental = false;
        }
    }
}
