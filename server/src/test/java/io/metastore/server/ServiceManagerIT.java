package io.metastore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.process.DataFolder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceManagerIT {
    @Test
    void aSocketThatIsAFileIsTold() {
        try (var folder = DataFolder.create("notify-")) {
            assertTold(folder.path().resolve("notify.sock").toString());
        }
    }

    @Test
    void aSocketWithoutAFileIsTold() {
        assertTold("@metastore-notify-" + ProcessHandle.current().pid());
    }

    @Test
    void aMemberGoesOnWhereNobodyListens() {
        new ServiceManager("/no/such/socket").ready();
        new ServiceManager("/" + "x".repeat(200)).ready();
        ServiceManager.of(Map.of()).ready();
    }

    private static void assertTold(String name) {
        try (var socket = new NotifySocket(name)) {
            assertThat(socket.received()).isEmpty();

            ServiceManager.of(Map.of("NOTIFY_SOCKET", name)).ready();

            assertThat(socket.received()).contains("READY=1");
        }
    }
}
