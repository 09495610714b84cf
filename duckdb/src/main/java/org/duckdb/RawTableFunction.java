package org.duckdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * A table function of one parameter, a number, whose chunks are filled as raw memory. Registered once for an instance,
 * because a function cannot be taken back.
 *
 * @param <B> what is bound to the number
 */
public abstract class RawTableFunction<B> {

    /** A column of the function. */
    public record RawColumn(String name, RawType type) {}

    /** What the number stands for. */
    protected abstract B bind(long number) throws Exception;

    protected abstract List<RawColumn> columns(B bound) throws Exception;

    /** How many threads may fill chunks. */
    protected abstract int threads(B bound);

    /** What one thread keeps; closed by the engine when it is {@link DuckDBTableFunctionState}. */
    protected abstract Object local(B bound) throws Exception;

    /** Fills a chunk and answers how many rows it has; 0 when this thread has no more. */
    protected abstract int fill(B bound, Object local, RawChunk chunk) throws Exception;

    /**
     * Makes the function known to an instance.
     *
     * @throws SQLException or LinkageError when the driver is not the one this was written for
     */
    public final void register(DuckDBConnection connection, String name) throws SQLException {
        ByteBuffer function = DuckDBBindings.duckdb_create_table_function();
        Lock lock = connection.connRefLock;
        lock.lock();
        try (DuckDBLogicalType bigint = DuckDBLogicalType.of(DuckDBColumnType.BIGINT)) {
            connection.checkOpen();
            DuckDBBindings.duckdb_table_function_set_name(function, name.getBytes(StandardCharsets.UTF_8));
            DuckDBBindings.duckdb_table_function_add_parameter(function, bigint.logicalTypeRef());
            DuckDBBindings.duckdb_table_function_set_extra_info(function, new Callbacks<>(this));
            DuckDBBindings.duckdb_table_function_set_bind(function);
            DuckDBBindings.duckdb_table_function_set_init(function);
            DuckDBBindings.duckdb_table_function_set_local_init(function);
            DuckDBBindings.duckdb_table_function_set_function(function);
            if (DuckDBBindings.duckdb_register_table_function(connection.connRef, function) != 0) {
                throw new SQLException("the engine refused table function " + name);
            }
        } finally {
            lock.unlock();
            DuckDBBindings.duckdb_destroy_table_function(function);
        }
    }

    /** The driver's callbacks: bind and init as it does them itself, chunks as raw memory. */
    private static final class Callbacks<B> extends DuckDBTableFunctionWrapper {
        private final RawTableFunction<B> function;

        Callbacks(RawTableFunction<B> function) {
            super(new Public<>(function));
            this.function = function;
        }

        /** The driver's own refuses blobs, and others, as columns of a function. */
        @Override
        public void executeBind(ByteBuffer info) {
            try {
                ByteBuffer parameter = DuckDBBindings.duckdb_bind_get_parameter(info, 0);
                long number = DuckDBBindings.duckdb_get_int64(parameter);
                DuckDBBindings.duckdb_destroy_value(parameter);
                B bound = function.bind(number);
                for (RawColumn column : function.columns(bound)) {
                    ByteBuffer type = column.type().create();
                    DuckDBBindings.duckdb_bind_add_result_column(
                            info, column.name().getBytes(StandardCharsets.UTF_8), type);
                    DuckDBBindings.duckdb_destroy_logical_type(type);
                }
                DuckDBBindings.duckdb_bind_set_bind_data(info, bound);
            } catch (Throwable failed) {
                DuckDBBindings.duckdb_bind_set_error(info, message(failed));
            }
        }

        private static byte[] message(Throwable failed) {
            String message = failed.getMessage() == null ? failed.toString() : failed.getMessage();
            return message.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        @SuppressWarnings("unchecked")
        public void executeFunction(ByteBuffer info, ByteBuffer output) {
            try {
                B bound = (B) DuckDBBindings.duckdb_function_get_bind_data(info);
                Object local = DuckDBBindings.duckdb_function_get_local_init_data(info);
                RawChunk chunk = new RawChunk(output);
                chunk.setSize(function.fill(bound, local, chunk));
            } catch (Throwable failed) {
                DuckDBBindings.duckdb_function_set_error(info, message(failed));
            }
        }
    }

    private record Public<B>(RawTableFunction<B> function) implements DuckDBTableFunction<B, Object, Object> {
        @Override
        public B bind(DuckDBTableFunctionBindInfo info) {
            throw new IllegalStateException("columns are bound by their raw types");
        }

        @Override
        public Object init(DuckDBTableFunctionInitInfo info) {
            B bound = info.getBindData();
            info.setMaxThreads(function.threads(bound));
            return "";
        }

        @Override
        public Object localInit(DuckDBTableFunctionInitInfo info) throws Exception {
            B bound = info.getBindData();
            return function.local(bound);
        }

        @Override
        public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
            throw new IllegalStateException("chunks are filled as raw memory");
        }
    }
}
