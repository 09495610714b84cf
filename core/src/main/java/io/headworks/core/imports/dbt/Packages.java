package io.headworks.core.imports.dbt;

import io.headworks.core.imports.jinja.Callable;
import io.headworks.core.imports.jinja.NotRewritable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Macros of dbt and of its package dbt_utils that are but another spelling, as DuckDB spells them. Their meaning is that of
 * https://docs.getdbt.com/reference/dbt-jinja-functions/cross-database-macros and of the package's documentation.
 */
final class Packages {
    /** What dbt_utils puts for NULL, so that keys stay the same. */
    private static final String NULL_KEY = "_dbt_utils_surrogate_key_null_";

    private Packages() {}

    static Map<String, Object> dbt() {
        Map<String, Object> macros = new LinkedHashMap<>();
        macros.put("date_trunc", (Callable) (arguments, named) -> "date_trunc('"
                + Callable.text("date_trunc", arguments, named, 0, "datepart") + "', "
                + Callable.text("date_trunc", arguments, named, 1, "date") + ")");
        macros.put("datediff", (Callable) (arguments, named) -> "date_diff('"
                + Callable.text("datediff", arguments, named, 2, "datepart") + "', "
                + Callable.text("datediff", arguments, named, 0, "first_date") + ", "
                + Callable.text("datediff", arguments, named, 1, "second_date") + ")");
        macros.put("safe_cast", (Callable) (arguments, named) -> "try_cast("
                + Callable.text("safe_cast", arguments, named, 0, "field") + " as "
                + Callable.text("safe_cast", arguments, named, 1, "type") + ")");
        macros.put("concat", (Callable)
                (arguments, named) -> texts(Callable.argument(arguments, named, 0, "fields", List.of()), " || "));
        macros.put("current_timestamp", (Callable) (arguments, named) -> "current_timestamp");
        macros.put("type_string", (Callable) (arguments, named) -> "varchar");
        macros.put("type_int", (Callable) (arguments, named) -> "integer");
        macros.put("type_bigint", (Callable) (arguments, named) -> "bigint");
        macros.put("type_boolean", (Callable) (arguments, named) -> "boolean");
        macros.put("type_timestamp", (Callable) (arguments, named) -> "timestamp");
        return macros;
    }

    static Map<String, Object> dbtUtils() {
        Map<String, Object> macros = new LinkedHashMap<>();
        macros.put("generate_surrogate_key", (Callable) Packages::surrogateKey);
        macros.put("group_by", (Callable) (arguments, named) -> {
            if (Callable.argument(arguments, named, 0, "n", "") instanceof Long n && n > 0) {
                return "group by "
                        + LongStream.rangeClosed(1, n).mapToObj(String::valueOf).collect(Collectors.joining(","));
            }
            throw new NotRewritable("group_by() needs a number");
        });
        return macros;
    }

    private static Object surrogateKey(List<Object> arguments, Map<String, Object> named) {
        Object fields = Callable.argument(arguments, named, 0, "field_list", "");
        if (!(fields instanceof List<?> list) || list.isEmpty() || arguments.size() > 1) {
            throw new NotRewritable("generate_surrogate_key() needs a list of columns");
        }
        return list.stream()
                .map(field -> "coalesce(cast(" + field + " as varchar), '" + NULL_KEY + "')")
                .collect(Collectors.joining(" || '-' || ", "md5(cast(", " as varchar))"));
    }

    private static String texts(Object fields, String between) {
        if (fields instanceof List<?> list && !list.isEmpty()) {
            return list.stream().map(Object::toString).collect(Collectors.joining(between));
        }
        throw new NotRewritable("a list is missing");
    }
}
