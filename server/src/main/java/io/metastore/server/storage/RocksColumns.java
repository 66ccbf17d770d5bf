package io.metastore.server.storage;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Columns as RocksDB knows them: families by name, and one more, `default`, that it insists on and that stays
/// empty.
final class RocksColumns {
    private RocksColumns() {}

    static List<ColumnFamilyDescriptor> all(RocksOptions options) {
        var descriptors = new ArrayList<ColumnFamilyDescriptor>();
        descriptors.add(
                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.own(new ColumnFamilyOptions())));
        for (var column : Column.values()) {
            descriptors.add(new ColumnFamilyDescriptor(name(column), options.column(column)));
        }
        return descriptors;
    }

    /// The column of that name; nothing for the default one.
    static Optional<Column> column(byte[] name) {
        return Arrays.stream(Column.values())
                .filter(column -> Arrays.equals(name, name(column)))
                .findFirst();
    }

    /// Reads every byte of a database that nobody has open, and changes nothing.
    ///
    /// @throws StorageException when it is damaged, is no database or holds columns this release does not know
    static void verify(Path directory) {
        var handles = new ArrayList<ColumnFamilyHandle>();
        try (var options = new DBOptions();
                var columnOptions = new ColumnFamilyOptions()) {
            var descriptors = names(directory).stream()
                    .map(name -> new ColumnFamilyDescriptor(name, columnOptions))
                    .toList();
            try (var database = RocksDB.openReadOnly(options, directory.toString(), descriptors, handles)) {
                database.verifyChecksum();
            } finally {
                handles.forEach(ColumnFamilyHandle::close);
            }
        } catch (RocksDBException e) {
            throw new StorageException(directory + " is damaged or holds no rows of the RocksDB engine", e);
        }
    }

    private static List<byte[]> names(Path directory) throws RocksDBException {
        try (var options = new Options()) {
            var names = RocksDB.listColumnFamilies(options, directory.toString());
            var known = names.stream().filter(name -> column(name).isPresent()).count();
            if (known == 0 || known < names.size() - 1) {
                throw new StorageException(directory + " holds other columns than this release knows");
            }
            return names;
        }
    }

    private static byte[] name(Column column) {
        return column.name().getBytes(StandardCharsets.UTF_8);
    }
}
