package io.headworks.testkit.badinput;

import static io.headworks.testkit.badinput.BadInput.input;
import static io.headworks.testkit.files.ReadingBuilder.reading;

import java.util.List;

/** Numbers, dates and other values at the edge of their types, or beyond. */
final class ValueInputs {
    private ValueInputs() {}

    static List<BadInput> all() {
        return List.of(
                input("integers at and past 64 bits")
                        .csv("n\n9223372036854775807\n-9223372036854775808\n9223372036854775808\n")
                        .columns("n:bigint")
                        .rows("9223372036854775807", "-9223372036854775808")
                        .reject(4, 43, "value", "n", "9223372036854775808")
                        .loads(),
                input("integers past 64 bits, inferred")
                        .csv("n\n1\n170141183460469231731687303715884105727\n")
                        .schema("n hugeint")
                        .rows("1", "170141183460469231731687303715884105727")
                        .loads(),
                input("integers past 128 bits, inferred")
                        .csv("n\n1\n170141183460469231731687303715884105728\n")
                        .schema("n text")
                        .rows("1", "170141183460469231731687303715884105728")
                        .loads(),
                input("integers past 53 bits")
                        .csv("n\n9007199254740993\n")
                        .schema("n bigint")
                        .rows("9007199254740993")
                        .loads(),
                input("decimals of more digits than declared")
                        .csv("n\n1.25\n1.255\n12345678901234567.1\n1.2500\n")
                        .columns("n:decimal(18,2)")
                        .rows("1.25", "1.25")
                        .reject(3, 7, "value", "n", "1.255")
                        .reject(4, 13, "value", "n", "12345678901234567.1")
                        .loads(),
                input("a decimal of 38 digits")
                        .csv("n\n1234567890123456789012345678.0123456789\n")
                        .schema("n decimal(38,10)")
                        .rows("1234567890123456789012345678.0123456789")
                        .loads(),
                input("decimals of more than 38 digits")
                        .csv("n\n12345678901234567890123456789.0123456789\n0.5\n")
                        .schema("n text")
                        .rows("12345678901234567890123456789.0123456789", "0.5")
                        .loads(),
                input("doubles at and past their bounds")
                        .csv("n\n1e308\n1e999\n-1e999\n5e-324\n-0.0\nNaN\nInfinity\n")
                        .columns("n:double")
                        .rows("1e+308", "5e-324", "-0.0", "nan", "inf")
                        .reject(3, 8, "value", "n", "1e999")
                        .reject(4, 14, "value", "n", "-1e999")
                        .loads(),
                input("numbers with exponents, inferred")
                        .csv("n\n1e-30\n2.5\n")
                        .schema("n double")
                        .rows("1e-30", "2.5")
                        .loads(),
                input("numbers that only look so")
                        .csv("zeros,plus,hex,score,group,wide\n007,+5,0x1F,1_000,\"1,000\",１２\n")
                        .schema("zeros text", "plus text", "hex text", "score text", "group text", "wide text")
                        .rows("007|+5|0x1F|1_000|1,000|１２")
                        .loads(),
                input("numbers that only look so, declared")
                        .csv("n\n1_000\n0x1F\n１２\n1 000\n12abc\n7\n")
                        .columns("n:bigint")
                        .rows("7")
                        .reject(2, 2, "value", "n", "1_000")
                        .reject(3, 8, "value", "n", "0x1F")
                        .reject(4, 13, "value", "n", "１２")
                        .reject(5, 20, "value", "n", "1 000")
                        .reject(6, 26, "value", "n", "12abc")
                        .loads(),
                input("a fraction in a column of integers")
                        .csv("n\n1\n1.5\n")
                        .columns("n:bigint")
                        .rows("1")
                        .reject(3, 4, "value", "n", "1.5")
                        .loads(),
                input("booleans of other tongues")
                        .csv("ok,other\ntrue,yes\nFALSE,no\n")
                        .schema("ok boolean", "other text")
                        .rows("true|yes", "false|no")
                        .loads(),
                input("texts that stand for NULL, inferred")
                        .csv("id,v\n1,NULL\n2,5\n")
                        .schema("id bigint", "v text")
                        .rows("1|NULL", "2|5")
                        .loads(),
                input("texts that stand for NULL, named")
                        .csv("id,v\n1,NULL\n2,5\n3,\n")
                        .reading(reading().nulls("", "NULL"))
                        .schema("id bigint", "v bigint")
                        .rows("1|␀", "2|5", "3|␀")
                        .loads(),
                input("days that are none")
                        .csv("d\n2026-02-28\n2026-02-29\n2026-13-01\n2024-02-29\n0000-00-00\n1900-02-29\n")
                        .columns("d:date")
                        .rows("2026-02-28", "2024-02-29")
                        .reject(3, 13, "value", "d", "2026-02-29")
                        .reject(4, 24, "value", "d", "2026-13-01")
                        .reject(6, 46, "value", "d", "0000-00-00")
                        .reject(7, 57, "value", "d", "1900-02-29")
                        .loads(),
                input("the first and the last year, and days before 1582")
                        .csv("d\n0001-01-01\n9999-12-31\n1582-10-10\n1500-02-28\n")
                        .schema("d date")
                        .rows("0001-01-01", "9999-12-31", "1582-10-10", "1500-02-28")
                        .loads(),
                input("the end of a day, and times that are none")
                        .csv("t\n2026-03-01 23:59:59\n2026-03-01 24:00:00\n2026-03-01 10:00:60\n2026-03-01 10:60:00\n")
                        .columns("t:timestamp")
                        .rows("2026-03-01 23:59:59", "2026-03-02 00:00:00")
                        .reject(4, 42, "value", "t", "10:00:60")
                        .reject(5, 62, "value", "t", "10:60:00")
                        .loads(),
                input("times that no clock in the zone shows")
                        .csv("t\n2026-03-29 02:30:00\n2026-10-25 02:30:00\n2026-03-08 02:30:00\n")
                        .schema("t timestamp")
                        .rows("2026-03-29 02:30:00", "2026-10-25 02:30:00", "2026-03-08 02:30:00")
                        .loads(),
                input("nanoseconds where microseconds are declared")
                        .csv("t\n2026-03-01 10:00:00.123456\n2026-03-01 10:00:00.123456789\n")
                        .columns("t:timestamp")
                        .rows("2026-03-01 10:00:00.123456")
                        .reject(3, 29, "value", "t", "123456789")
                        .loads(),
                input("nanoseconds, inferred")
                        .csv("t\n2026-03-01 10:00:00.123456789\n")
                        .schema("t timestamp(9)")
                        .rows("2026-03-01 10:00:00.123456789")
                        .loads(),
                input("instants in several zones")
                        .csv("t\n2026-03-01T10:00:00Z\n2026-03-01T10:00:00+01:00\n2026-03-01T10:00:00.5-05:30\n")
                        .schema("t timestamptz")
                        .rows("2026-03-01 10:00:00+00", "2026-03-01 09:00:00+00", "2026-03-01 15:30:00.5+00")
                        .loads(),
                input("a zone where none is declared")
                        .csv("t\n2026-03-01 10:00:00\n2026-03-01 10:00:00+02:00\n")
                        .columns("t:timestamp")
                        .rows("2026-03-01 10:00:00")
                        .reject(3, 22, "value", "t", "+02:00")
                        .loads(),
                input("zones here and none there, inferred")
                        .csv("t\n2026-03-01 10:00:00\n2026-03-01 10:00:00+02:00\n")
                        .schema("t text")
                        .rows("2026-03-01 10:00:00", "2026-03-01 10:00:00+02:00")
                        .loads(),
                input("endless dates and dates before Christ")
                        .csv("d\ninfinity\n-infinity\n0044-03-15 (BC)\n2026-03-01\nepoch\n")
                        .columns("d:date")
                        .rows("2026-03-01")
                        .reject(2, 2, "value", "d", "infinity")
                        .reject(3, 11, "value", "d", "-infinity")
                        .reject(4, 21, "value", "d", "BC")
                        .reject(6, 48, "value", "d", "epoch")
                        .loads(),
                input("days or months first")
                        .csv("id,d\n1,01/02/2026\n2,03/04/2026\n")
                        .fails("a.csv", "%d/%m/%Y or %m/%d/%Y", "column d"),
                input("days first, as one row shows")
                        .csv("id,d\n1,01/02/2026\n2,13/04/2026\n")
                        .schema("id bigint", "d date")
                        .rows("1|2026-02-01", "2|2026-04-13")
                        .loads(),
                input("days of two forms")
                        .csv("id,d\n1,2026-02-01\n2,13.04.2026\n")
                        .schema("id bigint", "d text")
                        .rows("1|2026-02-01", "2|13.04.2026")
                        .loads(),
                input("days and timestamps mixed")
                        .csv("id,d\n1,2026-02-01\n2,2026-02-01 10:00:00\n")
                        .schema("id bigint", "d text")
                        .rows("1|2026-02-01", "2|2026-02-01 10:00:00")
                        .loads(),
                input("timestamps with dots")
                        .csv("id;t\n1;31.12.2025 23:59\n2;01.01.2026 00:00\n")
                        .schema("id bigint", "t timestamp")
                        .rows("1|2025-12-31 23:59:00", "2|2026-01-01 00:00:00")
                        .loads(),
                input("uuids")
                        .csv("u\n2b96ad22-7e8f-4a6b-9d3c-1f0e5d7c8b9a\nno-uuid\n")
                        .columns("u:uuid")
                        .rows("2b96ad22-7e8f-4a6b-9d3c-1f0e5d7c8b9a")
                        .reject(3, 39, "value", "u", "no-uuid")
                        .loads(),
                input("texts longer than declared")
                        .csv("id,s\n1,abc\n2,abcd\n")
                        .columns("id:bigint", "s:text(3)")
                        .rows("1|abc")
                        .reject(3, 11, "value", "s", "abcd")
                        .loads(),
                input("values of the path that do not fit")
                        .file("dt=2026-03-01/a.csv", "id\n1\n")
                        .file("dt=today/a.csv", "id\n2\n")
                        .path("dt={day}/a.csv")
                        .columns("id:bigint", "day:date")
                        .rows("1|2026-03-01")
                        .reject(2, 3, "value", "day", "today")
                        .loads());
    }
}
