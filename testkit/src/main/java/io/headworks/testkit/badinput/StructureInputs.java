package io.headworks.testkit.badinput;

import static io.headworks.testkit.badinput.BadInput.input;
import static io.headworks.testkit.files.ReadingBuilder.reading;

import io.headworks.api.source.FileReading.Format;
import java.util.List;
import java.util.StringJoiner;

/** Delimited text whose lines, quotes, dialects or headers are bad. */
final class StructureInputs {
    private StructureInputs() {}

    static List<BadInput> all() {
        return List.of(
                input("ragged rows")
                        .csv("id,name\n1,a\n2\n3,c,d\n4,e\n")
                        .columns("id:bigint", "name:text")
                        .rows("1|a", "4|e")
                        .reject(3, 12, "malformed", "1 field")
                        .reject(4, 14, "malformed", "3 fields")
                        .loads(),
                input("a quote never closed")
                        .csv("id,name\n1,a\n2,\"b\n3,c\n4,d\n")
                        .columns("id:bigint", "name:text")
                        .rows("1|a")
                        .reject(3, 12, "malformed", "name", "quote")
                        .reject(4, 17, "malformed", "quote")
                        .reject(5, 21, "malformed", "quote")
                        .loads(),
                input("a bare quote in an unquoted field")
                        .csv("id,name\n1,5\" pipe\n2,b\n")
                        .columns("id:bigint", "name:text")
                        .rows("2|b")
                        .reject(2, 8, "malformed", "name", "quote")
                        .loads(),
                input("text after a closing quote")
                        .csv("id,name\n1,\"a\"b\n2,c\n")
                        .columns("id:bigint", "name:text")
                        .rows("2|c")
                        .reject(2, 8, "malformed", "name", "closing quote")
                        .loads(),
                input("line ends of three kinds")
                        .csv("id,name\r\n1,a\n2,b\r3,c\r\n4,d")
                        .columns("id:bigint", "name:text")
                        .rows("1|a", "2|b", "3|c", "4|d")
                        .loads(),
                input("line ends inside quotes")
                        .csv("id,name\n1,\"a\r\nb\"\n2,\"c\nd\"\n3,\"e\rf\"\n")
                        .columns("id:bigint", "name:text")
                        .rows("1|a\r\nb", "2|c\nd", "3|e\rf")
                        .loads(),
                input("blank lines and no line end at the end")
                        .csv("id,name\n\n1,a\n\n\n2,b")
                        .columns("id:bigint", "name:text")
                        .rows("1|a", "2|b")
                        .loads(),
                input("a footer line")
                        .csv("id,name\n1,a\n2,b\nTotal: 2 rows\n")
                        .columns("id:bigint", "name:text")
                        .rows("1|a", "2|b")
                        .reject(4, 16, "malformed", "1 field")
                        .loads(),
                input("a delimiter at the end of every line")
                        .csv("id,name,\n1,a,\n2,b,\n")
                        .schema("id bigint", "name text", "column_3 text")
                        .rows("1|a|␀", "2|b|␀")
                        .loads(),
                input("a report heading before the table")
                        .csv("Sales of the week\n\nid,name\n1,a\n2,b\n")
                        .schema("id bigint", "name text")
                        .rows("1|a", "2|b")
                        .loads(),
                input("a heading that holds the delimiter")
                        .csv("Sales, week 7, all shops\nid,name\n1,a\n2,b\n")
                        .fails("a.csv", "where the table begins"),
                input("two header lines, types inferred")
                        .csv("id,amount\nnumber,EUR\n1,2.5\n2,3.5\n3,4.5\n")
                        .fails("a.csv", "second header"),
                input("two header lines, types declared")
                        .csv("id,amount\nnumber,EUR\n1,2.5\n2,3.5\n")
                        .columns("id:bigint", "amount:decimal(18,2)")
                        .rows("1|2.50", "2|3.50")
                        .reject(2, 10, "value", "id", "number")
                        .loads(),
                input("a header alone")
                        .csv("id,name\n")
                        .schema("id text", "name text")
                        .loads(),
                input("no bytes, columns declared").csv("").columns("id:bigint").loads(),
                input("no bytes, columns unknown").csv("").fails("a.csv", "columns"),
                input("no bytes beside a file that has some")
                        .file("a.csv", "")
                        .file("b.csv", "id\n1\n")
                        .path("*.csv")
                        .rows("1")
                        .loads(),
                input("no header and nothing that says so")
                        .csv("Ada,1\nBob,2\n")
                        .fails("a.csv", "header"),
                input("a delimiter that could be two")
                        .csv("a,b;c\n1,2;3\n4,5;6\n")
                        .fails("a.csv", "delimiter", ", or ;"),
                input("one column of sentences")
                        .csv("text\nhello, world\nplain\nagain, and again, and more\nplain\nplain\n")
                        .fails("a.csv", "one column"),
                input("semicolons and decimal commas")
                        .csv("id;amount\n1;1,5\n2;-0,25\n")
                        .schema("id bigint", "amount decimal(18,2)")
                        .rows("1|1.50", "2|-0.25")
                        .loads(),
                input("commas that are decimals or thousands")
                        .csv("id;amount\n1;1,500\n2;2,250\n")
                        .fails("a.csv", "decimal mark"),
                input("single quotes around delimiters")
                        .csv("id,name\n1,'a,b'\n2,'c,d'\n3,'e'\n")
                        .rows("1|a,b", "2|c,d", "3|e")
                        .loads(),
                input("quotes escaped by a backslash")
                        .csv("id,name\n1,\"say \\\"hi\\\"\"\n2,\"b\"\n")
                        .rows("1|say \"hi\"", "2|b")
                        .loads(),
                input("comment lines")
                        .csv("# made by hand\nid,name\n1,a\n# between\n2,b\n")
                        .reading(reading().comment("#"))
                        .rows("1|a", "2|b")
                        .loads(),
                input("a delimiter of two characters")
                        .csv("id||name\n1||a\n2||b|c\n")
                        .reading(reading().delimiter("||"))
                        .rows("1|a", "2|b|c")
                        .loads(),
                input("tabs by the name of the file")
                        .file("a.tsv", "id\tname\n1\ta,b\n2\tc;d\n")
                        .rows("1|a,b", "2|c;d")
                        .loads(),
                input("equal and empty names in the header")
                        .csv("id,id,,name\n1,2,3,a\n")
                        .schema("id bigint", "id_2 bigint", "column_3 bigint", "name text")
                        .rows("1|2|3|a")
                        .loads(),
                input("names that differ in case only")
                        .csv("Id,ID,id\n1,2,3\n")
                        .schema("Id bigint", "ID_2 bigint", "id_3 bigint")
                        .rows("1|2|3")
                        .loads(),
                input("names that are reserved, quoted, dotted, long or pictures")
                        .csv("select,\"a\"\"b\",x.y,😀,\"; drop table t; --\"," + "n".repeat(80) + "\n1,2,3,4,5,6\n")
                        .schema(
                                "select bigint",
                                "a\"b bigint",
                                "x.y bigint",
                                "😀 bigint",
                                "; drop table t; -- bigint",
                                "n".repeat(80) + " bigint")
                        .rows("1|2|3|4|5|6")
                        .loads(),
                input("a picture called csv")
                        .file(
                                "a.csv",
                                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 0, 0})
                        .reading(reading().format(Format.CSV))
                        .fails("a.csv", "no text"),
                input("a cell of 10 MB")
                        .csv("id,name\n1," + "x".repeat(10_000_000) + "\n2,b\n")
                        .columns("id:bigint", "name:text")
                        .rows("1|#10000000", "2|b")
                        .loads(),
                input("a line beyond the limit")
                        .csv("id,name\n1,a\n2," + "x".repeat(34_000_000) + "\n3,c\n")
                        .columns("id:bigint", "name:text")
                        .rows("1|a", "3|c")
                        .reject(3, 12, "too-long", "long")
                        .loads(),
                input("text that is a formula")
                        .csv("id,name\n1,=1+1\n2,@SUM(A1)\n")
                        .rows("1|=1+1", "2|@SUM(A1)")
                        .loads(),
                input("an empty text and no text")
                        .csv("id,name\n1,\"\"\n2,\n")
                        .columns("id:bigint", "name:text")
                        .rows("1|", "2|␀")
                        .loads(),
                input("spaces around values")
                        .csv("id,name\n1, a \n2,\" b \"\n")
                        .columns("id:bigint", "name:text")
                        .rows("1| a ", "2| b ")
                        .loads(),
                input("columns that a file misses")
                        .file("a.csv", "id,name\n1,a\n")
                        .file("b.csv", "id\n2\n")
                        .path("*.csv")
                        .fails("b.csv", "name", "missing"),
                input("headers in another order")
                        .file("a.csv", "id,name\n1,a\n")
                        .file("b.csv", "name,id\nb,2\n")
                        .path("*.csv")
                        .rows("1|a", "2|b")
                        .loads(),
                input("16,000 columns").csv(columns(16_000)).fails("a.csv", "16000 columns", "allowed: 4096"),
                input("16,000 columns, three of them wanted")
                        .csv(columns(16_000))
                        .columns("c0:bigint", "c7999:bigint", "c15999:bigint")
                        .rows("0|7999|15999")
                        .loads(),
                input("a column that is empty throughout")
                        .csv("id,none\n1,\n2,\n")
                        .schema("id bigint", "none text")
                        .rows("1|␀", "2|␀")
                        .loads());
    }

    /** A header {@code c0, c1 …} and one row of the numbers. */
    private static String columns(int count) {
        StringJoiner header = new StringJoiner(",");
        StringJoiner row = new StringJoiner(",");
        for (int i = 0; i < count; i++) {
            header.add("c" + i);
            row.add(Integer.toString(i));
        }
        return header + "\n" + row + "\n";
    }
}
