package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
)

const (
	startLimit = 60 * time.Second
	stopLimit  = 15 * time.Second
	readyLine  = "ready to serve client requests"
)

// members is the cluster of all tests in this package.
var members []*member

// member is a server process. A killed one is started again on its data.
type member struct {
	name, client string
	args         []string
	log          string
	command      *exec.Cmd
}

func TestMain(m *testing.M) {
	os.Exit(withCluster(m))
}

func withCluster(m *testing.M) int {
	folder, err := os.MkdirTemp("", "metastore-e2e-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	members = newMembers(folder)
	defer func() {
		for _, one := range members {
			one.stop()
		}
	}()
	for _, one := range members {
		if err := one.start(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	for _, one := range members {
		if err := one.awaitReady(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return m.Run()
}

func newMembers(folder string) []*member {
	var founders []string
	var all []*member
	ports := freePorts(6)
	for i := range 3 {
		name := fmt.Sprintf("m%d", i+1)
		client, peer := fmt.Sprintf("127.0.0.1:%d", ports[2*i]), fmt.Sprintf("http://127.0.0.1:%d", ports[2*i+1])
		founders = append(founders, name+"="+peer)
		all = append(all, &member{name: name, client: client, log: filepath.Join(folder, name+".log"), args: []string{
			"--name=" + name,
			"--data-dir=" + filepath.Join(folder, name),
			"--listen-client-urls=http://" + client,
			"--advertise-client-urls=http://" + client,
			"--listen-peer-urls=" + peer,
			"--initial-advertise-peer-urls=" + peer,
		}})
	}
	for _, one := range all {
		one.args = append(one.args, "--initial-cluster="+strings.Join(founders, ","))
	}
	return all
}

// freePorts are open all at once, so that none is told twice.
func freePorts(n int) []int {
	var ports []int
	for range n {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		defer listener.Close()
		ports = append(ports, listener.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// program is the launcher that is built by "make build", or the one that METASTORE names.
func program() string {
	if named := os.Getenv("METASTORE"); named != "" {
		return named
	}
	return filepath.Join("..", "..", "bin", "metastore")
}

func (m *member) start() error {
	log, err := os.Create(m.log)
	if err != nil {
		return err
	}
	defer log.Close()
	m.command = exec.Command(program(), m.args...)
	m.command.Stdout, m.command.Stderr = log, log
	return m.command.Start()
}

func (m *member) awaitReady() error {
	for end := time.Now().Add(startLimit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if m.says(readyLine) {
			return nil
		}
	}
	log, _ := os.ReadFile(m.log)
	return fmt.Errorf("%s was not ready after %v:\n%s", m.name, startLimit, log)
}

func (m *member) says(words string) bool {
	file, err := os.Open(m.log)
	if err != nil {
		return false
	}
	defer file.Close()
	for reader := bufio.NewReader(file); ; {
		line, err := reader.ReadString('\n')
		if strings.Contains(line, words) {
			return true
		}
		if errors.Is(err, io.EOF) {
			return false
		}
	}
}

func (m *member) kill() {
	_ = m.command.Process.Kill()
	_ = m.command.Wait()
}

func (m *member) stop() {
	if m.command == nil || m.command.ProcessState != nil {
		return
	}
	_ = m.command.Process.Signal(syscall.SIGTERM)
	slow := time.AfterFunc(stopLimit, func() { _ = m.command.Process.Kill() })
	_ = m.command.Wait()
	slow.Stop()
}

// newClient knows all members, and tries one member first.
func newClient(t *testing.T, first int) *clientv3.Client {
	t.Helper()
	var endpoints []string
	for i := range members {
		endpoints = append(endpoints, members[(first+i)%len(members)].client)
	}
	client, err := clientv3.New(clientv3.Config{
		Endpoints:            endpoints,
		DialTimeout:          5 * time.Second,
		DialKeepAliveTime:    time.Second,
		DialKeepAliveTimeout: time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// killLeader ends the leader's process without notice, and starts it again when the test is over.
func killLeader(t *testing.T) {
	t.Helper()
	leader := leaderOf(t)
	leader.kill()
	t.Logf("killed %s", leader.name)
	t.Cleanup(func() {
		if err := leader.start(); err != nil {
			t.Fatal(err)
		}
		if err := leader.awaitReady(); err != nil {
			t.Fatal(err)
		}
	})
}

func leaderOf(t *testing.T) *member {
	t.Helper()
	client := newClient(t, 0)
	for end := time.Now().Add(startLimit); time.Now().Before(end); {
		for _, one := range members {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			status, err := client.Status(ctx, one.client)
			cancel()
			if err == nil && status.Leader == status.Header.MemberId {
				return one
			}
		}
	}
	t.Fatal("nobody leads")
	return nil
}
