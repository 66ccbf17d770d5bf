package io.metastore.server.raft.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoteDirectoryTest {
    @TempDir
    private Path directory;

    @Test
    void anInterruptedThreadCannotSyncByItself() throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> channel.force(true)).isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anElectionThatIsCalledOffStillSyncsItsVoteAndIsNoFailureOfTheDisk() throws IOException {
        Thread.currentThread().interrupt();

        VoteDirectory.sync(directory);

        assertThat(Thread.interrupted()).as("the thread is still called off").isTrue();
    }

    @Test
    void aDirectoryThatIsGoneIsAFailure() {
        var gone = directory.resolve("gone");

        assertThatThrownBy(() -> VoteDirectory.sync(gone)).isInstanceOf(NoSuchFileException.class);
    }
}
