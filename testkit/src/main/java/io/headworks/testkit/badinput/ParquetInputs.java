package io.headworks.testkit.badinput;

import static io.headworks.testkit.badinput.BadInput.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Parquet files that are broken or unusual; how they were made is in {@code bad-input/make_parquet.py}. */
final class ParquetInputs {
    private ParquetInputs() {}

    static List<BadInput> all() {
        return List.of(
                broken("Parquet with its footer cut off", "cut-footer", "PAR1"),
                broken("Parquet cut in half", "cut-half", "PAR1"),
                broken("Parquet with a footer longer than the file", "footer-too-long", "footer"),
                broken("Parquet with noise for a footer", "footer-noise", "damaged"),
                broken("Parquet with noise in a page", "page-noise"),
                broken("Parquet with a page that lost its checksum", "checksum", "column name", "checksum"),
                broken("Parquet of no bytes", "no-bytes", "empty"),
                broken("Parquet that is text", "not-parquet", "no Parquet"),
                broken("Parquet encrypted", "encrypted", "encrypted"),
                broken("Parquet with decimals of 60 digits", "decimal60", "wide decimal(60,0)"),
                read("Parquet without rows", "no-rows")
                        .schema("id bigint", "name text")
                        .loads(),
                read("Parquet without row groups", "no-row-groups")
                        .schema("id bigint", "name text")
                        .loads(),
                read("Parquet with INT96 timestamps", "int96")
                        .rows("1969-12-31 23:59:59.999999", "2026-03-29 02:30:00")
                        .loads(),
                read("Parquet with decimals in bytes", "decimal-bytes")
                        .schema("amount decimal(38,10)")
                        .rows("12345678901234567890123456.7890123456", "-0.0000000001")
                        .loads(),
                read("Parquet with floats of 16 bits", "float16")
                        .rows("1.5", "-2.25")
                        .loads(),
                read("Parquet with doubles at their bounds", "doubles")
                        .rows("nan", "inf", "-inf", "-0.0", "5e-324", "␀")
                        .loads(),
                read("Parquet with lists and structs", "nested")
                        .rows("[a, NULL]|{'x': 1, 'y': NULL}", "[]|␀", "␀|{'x': 3, 'y': z}")
                        .loads(),
                read("Parquet with names that collide", "names")
                        .schema("id bigint", "ID_1 bigint", "a\"b bigint", "sel ect.x bigint")
                        .rows("1|2|3|4")
                        .loads(),
                input("Parquet with a column that became wider")
                        .file("a.parquet", resource("narrow"))
                        .file("b.parquet", resource("narrow"))
                        .file("c.parquet", resource("later"))
                        .path("*.parquet")
                        .columns("id")
                        .schema("id bigint")
                        .rows("1", "2", "1", "2", "1099511627776", "3")
                        .loads(),
                input("Parquet with a column that is new")
                        .file("a.parquet", resource("narrow"))
                        .file("b.parquet", resource("later"))
                        .path("*.parquet")
                        .fails("a.parquet", "late", "missing"),
                input("Parquet with a column of two types")
                        .file("a.parquet", resource("narrow"))
                        .file("b.parquet", resource("text-id"))
                        .path("*.parquet")
                        .fails("column id", "integer in a.parquet", "text in b.parquet"));
    }

    private static BadInput broken(String name, String resource, String... parts) {
        String[] all = new String[parts.length + 1];
        System.arraycopy(parts, 0, all, 0, parts.length);
        all[parts.length] = "a.parquet";
        return read(name, resource).fails(all);
    }

    private static BadInput.Case read(String name, String resource) {
        return input(name).file("a.parquet", resource(resource));
    }

    private static byte[] resource(String name) {
        String path = "/bad-input/" + name + ".parquet";
        try (InputStream in = ParquetInputs.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the corpus lacks " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
