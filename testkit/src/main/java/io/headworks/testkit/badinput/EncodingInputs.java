package io.headworks.testkit.badinput;

import static io.headworks.testkit.badinput.BadInput.input;
import static io.headworks.testkit.files.ReadingBuilder.reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Text in other encodings, broken text, and files packed or not packed as they say. */
final class EncodingInputs {
    private EncodingInputs() {}

    static List<BadInput> all() {
        byte[] packed = gzip("id,name\n1,a\n2,b\n");
        return List.of(
                input("a byte order mark")
                        .csv("\uFEFFid,name\n1,é\n")
                        .schema("id bigint", "name text")
                        .rows("1|é")
                        .loads(),
                input("UTF-16 with a mark, big end first")
                        .file("a.csv", StandardCharsets.UTF_16, "id,name\n1,Zoë 😀\n")
                        .rows("1|Zoë 😀")
                        .loads(),
                input("UTF-16 without a mark")
                        .file("a.csv", StandardCharsets.UTF_16LE, "id,name\n1,Zoë\n")
                        .rows("1|Zoë")
                        .loads(),
                input("UTF-32")
                        .file("a.csv", Charset.forName("UTF-32LE"), "\uFEFFid,name\n1,Zoë\n")
                        .rows("1|Zoë")
                        .loads(),
                input("latin-1")
                        .file("a.csv", StandardCharsets.ISO_8859_1, "id,name\n1,Müller\n")
                        .rows("1|Müller")
                        .loads(),
                input("windows-1252")
                        .file("a.csv", Charset.forName("windows-1252"), "id,name\n1,5 € – “ok”\n")
                        .rows("1|5 € – “ok”")
                        .loads(),
                input("latin-1 behind a long plain beginning")
                        .file(
                                "a.csv",
                                StandardCharsets.ISO_8859_1,
                                "id,name\n" + "1,a\n".repeat(3) + "2," + "x".repeat(300_000) + "\n3,Müller\n")
                        .rows("1|a", "1|a", "1|a", "2|#300000", "3|Müller")
                        .loads(),
                input("an encoding that is named")
                        .file("a.csv", Charset.forName("Shift_JIS"), "id,name\n1,東京\n")
                        .reading(reading().encoding("shift_jis"))
                        .rows("1|東京")
                        .loads(),
                input("an encoding that does not exist")
                        .csv("id\n1\n")
                        .reading(reading().encoding("utf-9"))
                        .fails("utf-9"),
                input("bytes that are not in the encoding named")
                        .file("a.csv", new byte[] {'i', 'd', '\n', (byte) 0xff, '\n'})
                        .reading(reading().encoding("us-ascii"))
                        .columns("id:text")
                        .fails("a.csv", "byte 3", "FF"),
                input("broken UTF-8 among good")
                        .file("a.csv", bytes("id,name\n1,é\n2,", 0xc3, 0x28, "\n3,ok\n"))
                        .columns("id:bigint", "name:text")
                        .reading(reading().encoding("utf-8"))
                        .fails("a.csv", "byte 15"),
                input("zero characters in a text")
                        .file("a.csv", bytes("id,name\n1,a", 0, "b\n", "2,c" + " ".repeat(200) + "\n"))
                        .columns("id:bigint", "name:text")
                        .rows("1|a\0b", "2|#201")
                        .loads(),
                input("letters made of several code points, right to left, look-alikes")
                        .csv("id,name\n1,👩‍👩‍👧‍👦\n2,é\n3,e\u0301\n4,שלום\n5,раypal\n6,\u202Egnp\n")
                        .columns("id:bigint", "name:text")
                        .rows("1|👩‍👩‍👧‍👦", "2|é", "3|e\u0301", "4|שלום", "5|раypal", "6|\u202Egnp")
                        .loads(),
                input("gzip").file("a.csv.gz", packed).rows("1|a", "2|b").loads(),
                input("gzip in two members")
                        .file("a.csv.gz", bytes(packed, gzip("3,c\n")))
                        .rows("1|a", "2|b", "3|c")
                        .loads(),
                input("gzip cut off")
                        .file("a.csv.gz", Arrays.copyOf(packed, packed.length - 12))
                        .fails("a.csv.gz"),
                input("gzip by name only").file("a.csv.gz", "id,name\n1,a\n").fails("a.csv.gz", "not packed"),
                input("gzip without the name").file("a.csv", packed).fails("a.csv", "packed as .gz"),
                input("zstd cut off")
                        .file("a.csv.zst", bytes(0x28, 0xb5, 0x2f, 0xfd, 0x24, 0x10, 0x81, 0, 0, 'i', 'd'))
                        .fails("a.csv.zst"));
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Texts, byte arrays and single bytes, one after the other. */
    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof String text) {
                out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            } else if (part instanceof byte[] more) {
                out.writeBytes(more);
            } else {
                out.write(part instanceof Character c ? c : (Integer) part);
            }
        }
        return out.toByteArray();
    }
}
