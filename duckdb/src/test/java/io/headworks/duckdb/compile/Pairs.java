package io.headworks.duckdb.compile;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps in the order they are written. */
final class Pairs {

    private Pairs() {}

    static Map<String, String> of(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
