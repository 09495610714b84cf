package io.headworks.api.rewrite;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.load.LoadRequest;
import java.util.List;

/** An engine session that can also rewrite tables kept as files. */
public interface FileEngine extends EngineSession {

    /** Works out, with the meaning of the load's strategy, what a load makes of a table that is kept as files. */
    Merge merge(FileTable table, LoadRequest request);

    /** Writes rows as Parquet files, compressed by zstd. Nothing is synced to disk. */
    List<WrittenFile> writeParquet(ParquetWrite write);
}
