package io.headworks.core.profile;

import io.headworks.api.profile.ColumnProfile;
import io.headworks.api.profile.TableProfile;
import io.headworks.api.type.DataType;
import io.headworks.api.type.DataType.Simple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which columns and pairs of columns are worth proving to be keys. */
public final class KeySearch {
    private static final int MOST_SINGLE = 8;
    private static final int MOST_PAIRS = 24;

    /** An estimate of different values may be this much too low. */
    private static final double SLACK = 1.3;

    /** A pair with room for so many times the rows is unique by chance and no key. */
    private static final double ROOM = 100;

    private static final long LONGEST_KEY = 64;

    private KeySearch() {}

    /** Columns that may be keys by themselves, in their order. */
    public static List<CandidateKey> single(TableProfile table) {
        return table.columns().stream()
                .filter(column -> table.rows() > 1 && column.nulls() == 0 && isKeyType(column))
                .filter(column -> column.distinct().isExact()
                        ? column.distinct().count() == table.rows()
                        : column.distinct().count() * SLACK >= table.rows())
                .limit(MOST_SINGLE)
                .map(column -> new CandidateKey(List.of(column.name())))
                .toList();
    }

    /** Pairs of columns that are no keys by themselves, those first whose combinations are just enough. */
    public static List<CandidateKey> pairs(TableProfile table, List<CandidateKey> keys) {
        List<ColumnProfile> columns = table.columns().stream()
                .filter(column -> column.nulls() == 0
                        && isKeyType(column)
                        && column.distinct().count() > 1)
                .filter(column -> keys.stream().noneMatch(key -> key.columns().contains(column.name())))
                .toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            for (int j = i + 1; j < columns.size(); j++) {
                Pair pair = new Pair(columns.get(i), columns.get(j));
                if (pair.room() * SLACK >= table.rows() && pair.room() <= ROOM * table.rows()) {
                    pairs.add(pair);
                }
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparingDouble(Pair::room))
                .limit(MOST_PAIRS)
                .map(pair -> new CandidateKey(List.of(pair.a().name(), pair.b().name())))
                .toList();
    }

    private record Pair(ColumnProfile a, ColumnProfile b) {
        double room() {
            return (double) a.distinct().count() * b.distinct().count();
        }
    }

    /** Measures are no keys, however different they are; neither are long texts. */
    private static boolean isKeyType(ColumnProfile column) {
        DataType type = column.field().type();
        boolean shortText = column.texts() != null && column.texts().longest() <= LONGEST_KEY;
        return type.isInteger()
                || type == Simple.UUID
                || type.isTime()
                || (type instanceof DataType.Decimal decimal && decimal.scale() == 0)
                || shortText;
    }
}
