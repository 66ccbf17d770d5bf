package io.metastore.server.raft.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressBookTest {
    private static final MemberId ONE = new MemberId(0x8e9e05c52164694dL);
    private static final MemberId TWO = new MemberId(2);

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("addresses");
    }

    @Test
    void whatWasNotedIsKnownAfterARestartUntilTheStateHasCaughtUp() {
        new AddressBook(file).note(10, members("http://a:1", "http://b:2"));

        var again = new AddressBook(file);

        assertThat(again.place(ONE, 9)).contains("a:1");
        assertThat(again.place(TWO, 0)).contains("b:2");
        assertThat(again.place(new MemberId(3), 0)).isEmpty();
        assertThat(again.place(ONE, 10)).as("the state is as new").isEmpty();
    }

    /// A member that starts applies old changes again; they must not hide where the others are now.
    @Test
    void anOlderStateIsNotNoted() throws IOException {
        new AddressBook(file).note(10, members("http://new:1", "http://b:2"));
        var again = new AddressBook(file);

        again.note(9, members("http://old:1", "http://b:2"));
        assertThat(Files.readString(file)).isEqualTo("applied 10\n2 b:2\n8e9e05c52164694d new:1\n");

        again.note(11, members("http://newer:1", "http://b:2"));
        assertThat(Files.readString(file)).isEqualTo("applied 11\n2 b:2\n8e9e05c52164694d newer:1\n");
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".new"));
    }

    @Test
    void aFileThatCannotBeReadIsAsNone() throws IOException {
        Files.writeString(file, "nonsense");
        var book = new AddressBook(file);
        assertThat(book.place(ONE, 0)).isEmpty();

        book.note(1, members("http://a:1", "http://b:2"));
        assertThat(book.place(ONE, 0)).contains("a:1");
    }

    @Test
    void whatTheDiskDidNotTakeIsWrittenTheNextTime() throws IOException {
        var book = new AddressBook(directory.resolve("missing").resolve("addresses"));
        var members = members("http://a:1", "http://b:2");
        book.note(1, members);
        assertThat(book.place(ONE, 0)).isEmpty();

        Files.createDirectory(directory.resolve("missing"));
        book.note(1, members);
        assertThat(book.place(ONE, 0)).contains("a:1");
    }

    private static Membership members(String one, String two) {
        return Membership.NONE
                .with(Member.unstarted(ONE, List.of(one), false))
                .with(Member.unstarted(TWO, List.of(two), false));
    }
}
