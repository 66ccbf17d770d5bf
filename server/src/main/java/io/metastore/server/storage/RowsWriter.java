package io.metastore.server.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;

/// Writes all rows into a file, block by block, so that it takes the memory of a block only. See `RowsFormat`.
final class RowsWriter {
    private final Disk.OutputFile file;

    /// The block being filled; room for its header is left in front.
    private ByteBuffer block = ByteBuffer.allocate(2 * RowsFormat.BLOCK_LENGTH);

    private RowsWriter(Disk.OutputFile file) {
        this.file = file;
    }

    /// Writes and syncs. The caller syncs the directory.
    static void write(Rows rows, Disk.OutputFile file) throws IOException {
        new RowsWriter(file).write(rows);
        file.sync();
    }

    private void write(Rows rows) throws IOException {
        file.write(RowsFormat.header());
        var counts = new EnumMap<Column, Long>(Column.class);
        for (var column : Column.values()) {
            counts.put(column, writeColumn(column, rows.column(column)));
        }
        begin(RowsFormat.END);
        counts.forEach(this::putCount);
        finish();
    }

    private long writeColumn(Column column, Tree tree) throws IOException {
        long rows = 0;
        beginRows(column);
        try (var cursor = tree.all()) {
            while (cursor.next()) {
                if (block.position() > RowsFormat.BLOCK_LENGTH) {
                    finish();
                    beginRows(column);
                }
                put(cursor.rowKey());
                put(cursor.rowValue());
                rows++;
            }
        }
        finish();
        return rows;
    }

    private void beginRows(Column column) {
        begin(RowsFormat.ROWS);
        putName(column);
    }

    private void begin(byte kind) {
        block.clear().position(RowsFormat.BLOCK_HEADER_LENGTH).put(kind);
    }

    private void putName(Column column) {
        var name = column.name().getBytes(StandardCharsets.UTF_8);
        ensure(1 + name.length);
        block.put((byte) name.length).put(name);
    }

    private void putCount(Column column, long rows) {
        putName(column);
        ensure(Long.BYTES);
        block.putLong(rows);
    }

    private void put(byte[] bytes) {
        ensure(Integer.BYTES + bytes.length);
        block.putInt(bytes.length).put(bytes);
    }

    private void ensure(int more) {
        if (block.remaining() < more) {
            block = ByteBuffer.allocate(Math.addExact(block.position(), more) + RowsFormat.BLOCK_LENGTH)
                    .put(block.flip());
        }
    }

    private void finish() throws IOException {
        int from = RowsFormat.BLOCK_HEADER_LENGTH;
        int to = block.position();
        block.putInt(0, to - from).putInt(Integer.BYTES, RowsFormat.checksum(block, from, to));
        file.write(block.flip());
    }
}
