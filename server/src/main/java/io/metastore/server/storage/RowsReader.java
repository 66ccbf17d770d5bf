package io.metastore.server.storage;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// Reads a file that `RowsWriter` wrote and checks every byte of it.
final class RowsReader {
    private final Path file;
    private final Map<Column, TreeBuilder> builders = new EnumMap<>(Column.class);
    private long position = RowsFormat.HEADER_LENGTH;

    private RowsReader(Path file) {
        this.file = file;
        for (var column : Column.values()) {
            builders.put(column, new TreeBuilder());
        }
    }

    /// All rows of `file`.
    ///
    /// @throws StorageException when it cannot be read, is not such a file, is of an unknown version or is damaged;
    ///     the message names the file and what is wrong
    static Rows read(Path file) {
        try (var input = new DataInputStream(Files.newInputStream(file))) {
            return new RowsReader(file).read(input, Files.size(file));
        } catch (IOException e) {
            throw new StorageException("cannot read the rows in " + file, e);
        } catch (BufferUnderflowException e) {
            throw new StorageException("the rows in " + file + " do not fit their blocks", e);
        }
    }

    private Rows read(DataInputStream input, long size) throws IOException {
        readHeader(input);
        boolean ended = false;
        while (position < size) {
            if (ended) {
                throw damaged("there is more behind the last block");
            }
            ended = take(readBlock(input, size - position));
        }
        if (!ended) {
            throw damaged("its end is missing");
        }
        var columns = new EnumMap<Column, Tree>(Column.class);
        builders.forEach((column, builder) -> columns.put(column, builder.build()));
        return new Rows(columns);
    }

    private void readHeader(DataInputStream input) throws IOException {
        var header = ByteBuffer.wrap(input.readNBytes(RowsFormat.HEADER_LENGTH));
        if (header.limit() < RowsFormat.HEADER_LENGTH || !RowsFormat.startsWithMagic(header)) {
            throw new StorageException(file + " does not hold rows of the memory engine");
        }
        int version = header.getInt(RowsFormat.HEADER_LENGTH - Integer.BYTES);
        if (version != RowsFormat.VERSION) {
            throw new StorageException(file + " has version " + version + " of the format, this release reads version "
                    + RowsFormat.VERSION);
        }
    }

    private ByteBuffer readBlock(DataInputStream input, long left) throws IOException {
        if (left < RowsFormat.BLOCK_HEADER_LENGTH) {
            throw damaged("a block is cut off");
        }
        int length = input.readInt();
        int checksum = input.readInt();
        if (length < 1 || length > left - RowsFormat.BLOCK_HEADER_LENGTH) {
            throw damaged("a block is cut off or its length is wrong");
        }
        var content = ByteBuffer.wrap(input.readNBytes(length));
        if (content.limit() < length || RowsFormat.checksum(content, 0, length) != checksum) {
            throw damaged("a block has a wrong checksum");
        }
        return content;
    }

    /// Takes over what a block holds; whether it was the last one.
    private boolean take(ByteBuffer content) {
        boolean last = switch (content.get()) {
            case RowsFormat.ROWS -> {
                takeRows(builder(content), content);
                yield false;
            }
            case RowsFormat.END -> {
                checkCounts(content);
                yield true;
            }
            default -> throw damaged("a block is of an unknown kind");
        };
        position += RowsFormat.BLOCK_HEADER_LENGTH + content.limit();
        return last;
    }

    private void takeRows(TreeBuilder builder, ByteBuffer content) {
        while (content.hasRemaining()) {
            if (!builder.append(bytes(content), bytes(content))) {
                throw damaged("its rows are not in order");
            }
        }
    }

    private void checkCounts(ByteBuffer content) {
        while (content.hasRemaining()) {
            if (builder(content).rows() != content.getLong()) {
                throw damaged("rows are missing");
            }
        }
    }

    private TreeBuilder builder(ByteBuffer content) {
        var name = new byte[content.get()];
        content.get(name);
        var text = new String(name, StandardCharsets.UTF_8);
        var column = Arrays.stream(Column.values())
                .filter(known -> known.name().equals(text))
                .findFirst()
                .orElseThrow(() -> damaged("it holds the column " + text + ", which this release does not know"));
        return builders.computeIfAbsent(column, _ -> new TreeBuilder());
    }

    private static byte[] bytes(ByteBuffer content) {
        int length = content.getInt();
        if (length < 0 || length > content.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        content.get(bytes);
        return bytes;
    }

    private StorageException damaged(String what) {
        return new StorageException(file + " is damaged near byte " + position + ": " + what);
    }
}
