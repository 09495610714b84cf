package io.headworks.connector.files.parquet;

import io.headworks.api.source.Scan;
import io.headworks.api.type.Schema;
import java.util.List;

/**
 * What was found in Parquet files.
 *
 * @param scans the files in their order
 * @param rejected paths of files that miss a column, where such files are left out
 */
public record ParquetLook(Schema schema, List<Scan> scans, List<String> rejected, List<String> notes) {}
