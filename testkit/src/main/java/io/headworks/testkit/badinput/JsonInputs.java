package io.headworks.testkit.badinput;

import static io.headworks.testkit.badinput.BadInput.input;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON and NDJSON that is broken, extreme or two-faced. */
final class JsonInputs {
    private JsonInputs() {}

    static List<BadInput> all() {
        return List.of(
                input("NDJSON with one bad line")
                        .lines("{\"a\":1}\n{\"a\":\n{\"a\":3}\n")
                        .rows("1", "3")
                        .reject(2, 8, "malformed", "no JSON")
                        .loads(),
                input("NDJSON with keys twice")
                        .lines("{\"a\":1,\"a\":2}\n{\"a\":3,\"b\":{\"x\":1,\"x\":2}}\n{\"a\":4}\n")
                        .columns("a:bigint")
                        .rows("4")
                        .reject(1, 0, "malformed", "twice")
                        .reject(2, 14, "malformed", "twice")
                        .loads(),
                input("NDJSON with halves of surrogate pairs")
                        .lines("{\"a\":\"\\uD83D\\uDE00\"}\n{\"a\":\"\\uD83D\"}\n")
                        .rows("😀")
                        .reject(2, 21, "malformed", "surrogate")
                        .loads(),
                input("NDJSON with text after the object")
                        .lines("{\"a\":1} {\"a\":2}\n{\"a\":3}\n")
                        .rows("3")
                        .reject(1, 0, "malformed", "follows")
                        .loads(),
                input("NDJSON with numbers past a double")
                        .lines("{\"a\":1e999}\n{\"a\":1e-7}\n{\"a\":2}\n")
                        .schema("a double")
                        .rows("1e-07", "2.0")
                        .reject(1, 0, "value", "a", "1e999")
                        .loads(),
                input("NDJSON with integers past 53 and 64 bits")
                        .lines("{\"a\":9007199254740993,\"b\":9223372036854775808}\n{\"a\":-1,\"b\":1}\n")
                        .schema("a bigint", "b hugeint")
                        .rows("9007199254740993|9223372036854775808", "-1|1")
                        .loads(),
                input("NDJSON with integers past 64 bits, declared")
                        .lines("{\"a\":9223372036854775808}\n{\"a\":9223372036854775807}\n")
                        .columns("a:bigint")
                        .rows("9223372036854775807")
                        .reject(1, 0, "value", "a", "9223372036854775808")
                        .loads(),
                input("NDJSON with minus zero")
                        .lines("{\"a\":-0}\n{\"a\":1}\n")
                        .schema("a double")
                        .rows("-0.0", "1.0")
                        .loads(),
                input("NDJSON nested 100,000 deep")
                        .lines("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n{\"a\":[1]}\n")
                        .rows("[1]")
                        .reject(1, 0, "malformed", "deeper than 1000")
                        .loads(),
                input("NDJSON with kinds mixed in a column")
                        .lines("{\"a\":1}\n{\"a\":\"1\"}\n{\"a\":true}\n{\"a\":[1.50]}\n{\"a\":null}\n{}\n")
                        .schema("a json")
                        .rows("1", "\"1\"", "true", "[1.50]", "␀", "␀")
                        .loads(),
                input("NDJSON with keys that differ in case only")
                        .lines("{\"id\":1,\"Id\":2}\n{\"Id\":3}\n")
                        .schema("id bigint", "Id_2 bigint")
                        .rows("1|2", "␀|3")
                        .loads(),
                input("NDJSON with an empty key and odd names")
                        .lines("{\"\":1,\"a.b\":2,\"sel\\\"ect\":3}\n")
                        .schema("column_1 bigint", "a.b bigint", "sel\"ect bigint")
                        .rows("1|2|3")
                        .loads(),
                input("NDJSON with blank lines, CR LF and a byte order mark")
                        .lines("\uFEFF{\"a\":1}\r\n\r\n  \n{\"a\":2}")
                        .rows("1", "2")
                        .loads(),
                input("NDJSON with a line that is no UTF-8")
                        .file("a.ndjson", "{\"a\":\"x\"}\n{\"a\":\"\u00ff\"}\n".getBytes(StandardCharsets.ISO_8859_1))
                        .rows("x")
                        .reject(2, 10, "encoding", "UTF-8")
                        .loads(),
                input("NDJSON with scalars and arrays for records")
                        .lines("1\n[{\"a\":1}]\nnull\n{\"a\":2}\n")
                        .rows("2")
                        .reject(1, 0, "malformed", "no JSON object")
                        .reject(2, 2, "malformed", "no JSON object")
                        .reject(3, 12, "malformed", "no JSON object")
                        .loads(),
                input("JSON with a zero character in a text")
                        .lines("{\"a\":\"x\\u0000y\"}\n")
                        .rows("x\0y")
                        .loads(),
                input("JSON cut off").json("[{\"a\":1},{\"a\":2}").fails("a.json", "no JSON", "line 1"),
                input("JSON with a comma too many").json("[{\"a\":1},]").fails("a.json", "no JSON", "line 1"),
                input("JSON with text after the array").json("[{\"a\":1}] []").fails("a.json", "follows the array"),
                input("JSON that is a number").json("42").fails("a.json", "must be"),
                input("JSON with comments").json("// first\n[{\"a\":1}]").fails("a.json", "no JSON"),
                input("JSON with NaN").json("[{\"a\":NaN}]").fails("a.json", "no JSON"),
                input("JSON with elements that are no objects")
                        .json("[{\"a\":1},\n7,\n{\"a\":2}]")
                        .rows("1", "2")
                        .reject(2, 10, "malformed", "no object")
                        .loads(),
                input("JSON in UTF-16")
                        .file("a.json", StandardCharsets.UTF_16, "[{\"a\":\"Zoë\"}]")
                        .rows("Zoë")
                        .loads(),
                input("JSON that is no UTF-8")
                        .file("a.json", "[{\"a\":\"\u00ff\"}]".getBytes(StandardCharsets.ISO_8859_1))
                        .fails("a.json", "byte 7", "utf-8"),
                input("JSON of no bytes, columns declared")
                        .json("")
                        .columns("a:bigint")
                        .loads(),
                input("JSON nested in values, kept to the digit")
                        .json("[{\"o\":{\"n\":1.10,\"big\":12345678901234567890,\"l\":[null,\"é\"]}}]")
                        .schema("o json")
                        .rows("{\"n\":1.10,\"big\":12345678901234567890,\"l\":[null,\"é\"]}")
                        .loads());
    }
}
