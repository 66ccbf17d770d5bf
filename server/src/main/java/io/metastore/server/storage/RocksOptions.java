package io.metastore.server.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;

/// The options of one database. They are closed after it.
final class RocksOptions implements AutoCloseable {
    private static final long BLOCK_BYTES = 8 << 10;
    private static final long ARENA_BLOCK_BYTES = 256 << 10;
    private static final long TARGET_FILE_BYTES = 32 << 20;
    private static final int OPEN_FILES = 512;
    private static final double BLOOM_BITS = 10;
    private static final double MEMTABLE_BLOOM_SHARE = 0.02;

    /// Newest last; closed in reverse.
    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();

    private final RocksMemory memory;
    private final int backgroundJobs;

    RocksOptions(RocksMemory memory, int backgroundJobs) {
        this.memory = memory;
        this.backgroundJobs = backgroundJobs;
    }

    /// A database that is made when it does not exist.
    DBOptions database() {
        return own(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // There is no log of its own: all columns go to disk together, or none does.
                .setAtomicFlush(true)
                // One thread commits nearly all rows: without locks, and next to the last row when they ascend.
                .setAllowConcurrentMemtableWrite(false)
                // A failed write in the background fails the next commit, rather than hold it up while RocksDB retries.
                .setMaxBgErrorResumeCount(0)
                .setWriteBufferManager(memory.writeBuffers())
                .setMaxBackgroundJobs(backgroundJobs)
                .setMaxOpenFiles(OPEN_FILES)
                .setSkipStatsUpdateOnDbOpen(true)
                .setBytesPerSync(1 << 20)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(4 << 20)
                .setKeepLogFileNum(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    ColumnFamilyOptions column(Column column) {
        var options = own(new ColumnFamilyOptions())
                .setTableFormatConfig(column == Column.CURRENT ? lookUpTable() : table())
                .setWriteBufferSize(memory.writeBufferBytes())
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                .setTargetFileSizeBase(TARGET_FILE_BYTES)
                .setMaxBytesForLevelBase(2 * TARGET_FILE_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setBottommostCompressionOptions(
                        own(new CompressionOptions()).setEnabled(true).setLevel(1));
        return column == Column.CURRENT
                ? options.setMemtableWholeKeyFiltering(true).setMemtablePrefixBloomSizeRatio(MEMTABLE_BLOOM_SHARE)
                : options;
    }

    /// Keeps a native object until this is closed.
    <T extends AbstractNativeReference> T own(T nativeObject) {
        owned.addLast(nativeObject);
        return nativeObject;
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.removeLast().close();
        }
    }

    private BlockBasedTableConfig table() {
        return new BlockBasedTableConfig()
                .setBlockCache(memory.cache())
                .setBlockSize(BLOCK_BYTES)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true)
                .setOptimizeFiltersForMemory(true);
    }

    /// With what makes the look-up of one key cheap, above all of one that is not there.
    private BlockBasedTableConfig lookUpTable() {
        return table().setFilterPolicy(own(new BloomFilter(BLOOM_BITS)))
                .setWholeKeyFiltering(true)
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                .setDataBlockHashTableUtilRatio(0.75);
    }
}
