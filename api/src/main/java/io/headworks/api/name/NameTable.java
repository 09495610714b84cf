package io.headworks.api.name;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import java.util.List;

/**
 * The table in which a target keeps {@link StoredName}s, beside the ledger. It is made with the first name that needs it;
 * its rows are only ever added.
 */
public final class NameTable {
    public static final String NAME = "names";

    /** Hashes in place of names in the key: a name may be longer than a key can be. */
    public static final Schema COLUMNS = new Schema(List.of(
            text("table_id"),
            text("name_id"),
            text("table_name"),
            text("part"),
            text("owner"),
            text("logical_name"),
            text("stored_name"),
            text("run_id")));

    public static final List<String> KEY = List.of("table_id", "name_id");

    /** What {@link #name} is made of. */
    public static final List<String> READ = List.of("part", "owner", "logical_name", "stored_name");

    private NameTable() {}

    /** By which the rows of a table are found. */
    public static String tableId(String table) {
        return Hash.of(table);
    }

    /** The values of a row in the order of {@link #COLUMNS}. */
    public static List<String> row(String table, StoredName name, String runId) {
        return List.of(
                tableId(table),
                Hash.of(name.of().name() + "\n" + name.owner() + "\n" + name.name()),
                table,
                name.of().name(),
                name.owner(),
                name.name(),
                name.stored(),
                runId);
    }

    /** From the values of {@link #READ}. */
    public static StoredName name(String part, String owner, String logical, String stored) {
        return new StoredName(StoredName.Of.valueOf(part), owner, logical, stored);
    }

    /**
     * True when a name is among those kept. A run that was stopped right behind keeping it may have left it there.
     *
     * @throws HeadworksException of kind INTERNAL when something else is kept for it
     */
    public static boolean isKept(List<StoredName> kept, StoredName wanted) {
        for (StoredName known : kept) {
            boolean same = known.of() == wanted.of()
                    && known.owner().equals(wanted.owner())
                    && known.name().equals(wanted.name());
            if (same && !known.stored().equals(wanted.stored())) {
                throw new HeadworksException(
                        FailureKind.INTERNAL,
                        "Cannot call '" + wanted.name() + "' '" + wanted.stored() + "': it is stored as '"
                                + known.stored() + "'");
            } else if (same) {
                return true;
            }
        }
        return false;
    }

    private static Field text(String name) {
        return new Field(name, DataType.TEXT, false);
    }
}
