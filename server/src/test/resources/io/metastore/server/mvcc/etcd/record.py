"""Records what a real etcd answers to the histories in this folder.

Usage: python3 record.py ETCD [CASE...]

ETCD is an etcd 3.7.1 executable. For each CASE (all *.txt files here by default) it starts a fresh member, plays the
lines that begin with a command, and writes the file anew with the answer, after "=> ", below each command.

    put k=a v=1 [lease=7]                       => revision
    delete k=a [end=b]                          => revision, number of deleted keys
    txn put k=a v=1 ; delete k=a ; range k=a    => revision, then what each range answers; or the refusal
    range k=a [end=b] [limit=1] [rev=2] [order=DESCEND] [target=VALUE] [keys] [count]
          [minmod=1] [maxmod=1] [mincreate=1] [maxcreate=1]
                                                => revision, count, "more" or "all", then each version as
                                                   key=value:create/mod/version/lease; or the refusal
    compare k=a [end=b] target=VERSION rel=LESS to=3        => true or false
    lease id=7 · revoke id=7 keys=a,b           => revision (keys: those that are tied to it then)
    compact rev=3                               => revision, or the refusal; waits for the physical part
    hash rev=3                                  => hash, compact revision, hash revision, revision; or the refusal

Keys and values: letters, digits, '.', '_' and '-' stand for themselves, other bytes are %xx. An end of %00 means all
keys from k on.
"""
import base64
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

CLIENT = 'http://127.0.0.1:23979'
PEER = 'http://127.0.0.1:23980'
RANGE_FIELDS = {'limit': 'limit', 'rev': 'revision', 'order': 'sort_order', 'target': 'sort_target',
                'minmod': 'min_mod_revision', 'maxmod': 'max_mod_revision', 'mincreate': 'min_create_revision',
                'maxcreate': 'max_create_revision'}
COMPARE_FIELDS = {'VERSION': 'version', 'CREATE': 'create_revision', 'MOD': 'mod_revision', 'LEASE': 'lease'}


def post(path, body):
    request = urllib.request.Request(CLIENT + '/v3/' + path, data=json.dumps(body).encode(), method='POST')
    try:
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read()), ''
    except urllib.error.HTTPError as error:
        message = json.loads(error.read())['message']
        for text, name in (('has been compacted', 'COMPACTED'), ('is a future revision', 'FUTURE_REVISION')):
            if text in message:
                return {}, name
        raise RuntimeError(path + ' ' + json.dumps(body) + ': ' + message) from error


def wire(text):
    return base64.b64encode(urllib.parse.unquote_to_bytes(text)).decode()


def readable(base64_text):
    return urllib.parse.quote_from_bytes(base64.b64decode(base64_text or ''), safe='').replace('~', '%7E')


def options(words):
    return dict(word.split('=', 1) if '=' in word else (word, '') for word in words)


def keys(given):
    body = {'key': wire(given['k'])}
    if 'end' in given:
        body['range_end'] = wire(given['end'])
    return body


def put_request(given):
    return {'key': wire(given['k']), 'value': wire(given['v']), 'lease': given.get('lease', '0')}


def range_request(given):
    body = keys(given)
    body.update({RANGE_FIELDS[name]: value for name, value in given.items() if name in RANGE_FIELDS})
    body['keys_only'] = 'keys' in given
    body['count_only'] = 'count' in given
    return body


def range_text(answer):
    words = [answer['header']['revision'], answer.get('count', '0'), 'more' if answer.get('more') else 'all']
    for kv in answer.get('kvs', []):
        numbers = (kv.get(name, '0') for name in ('create_revision', 'mod_revision', 'version', 'lease'))
        words.append(readable(kv['key']) + '=' + readable(kv.get('value')) + ':' + '/'.join(numbers))
    return ' '.join(words)


def operation(words):
    given = options(words[1:])
    return {'put': lambda: {'request_put': put_request(given)},
            'delete': lambda: {'request_delete_range': keys(given)},
            'range': lambda: {'request_range': range_request(given)}}[words[0]]()


def transact(words):
    steps = [step.split() for step in ' '.join(words).split(';')]
    answer, refusal = post('kv/txn', {'success': [operation(step) for step in steps]})
    if refusal:
        return refusal
    ranges = [range_text(part['response_range']) for part in answer['responses'] if 'response_range' in part]
    return ' | '.join([answer['header']['revision']] + ranges)


def compare(given):
    body = keys(given)
    body.update({'target': given['target'], 'result': given['rel']})
    if given['target'] == 'VALUE':
        body['value'] = wire(given['to'])
    else:
        body[COMPARE_FIELDS[given['target']]] = given['to']
    answer, _ = post('kv/txn', {'compare': [body]})
    return 'true' if answer.get('succeeded') else 'false'


def hash_text(given):
    answer, refusal = post('maintenance/hashkv', {'revision': given['rev']})
    return refusal or ' '.join(str(part) for part in (
        answer.get('hash', 0), answer.get('compact_revision', '0'), answer.get('hash_revision', '0'),
        answer['header']['revision']))


def play(line):
    command, *words = line.split()
    given = options(words) if command != 'txn' else {}
    if command == 'put':
        return post('kv/put', put_request(given))[0]['header']['revision']
    if command == 'delete':
        answer = post('kv/deleterange', keys(given))[0]
        return answer['header']['revision'] + ' ' + answer.get('deleted', '0')
    if command == 'txn':
        return transact(words)
    if command == 'range':
        answer, refusal = post('kv/range', range_request(given))
        return refusal or range_text(answer)
    if command == 'compare':
        return compare(given)
    if command == 'lease':
        return post('lease/grant', {'TTL': 100000, 'ID': given['id']})[0]['header']['revision']
    if command == 'revoke':
        return post('lease/revoke', {'ID': given['id']})[0]['header']['revision']
    if command == 'compact':
        answer, refusal = post('kv/compaction', {'revision': given['rev'], 'physical': True})
        return refusal or answer['header']['revision']
    if command == 'hash':
        return hash_text(given)
    raise ValueError(line)


def record(etcd, path):
    with open(path, encoding='ascii') as case:
        lines = [line.rstrip('\n') for line in case if not line.startswith('=> ')]
    with tempfile.TemporaryDirectory() as folder:
        member = subprocess.Popen(
            [etcd, '--data-dir', folder, '--listen-client-urls', CLIENT, '--advertise-client-urls', CLIENT,
             '--listen-peer-urls', PEER, '--initial-advertise-peer-urls', PEER, '--initial-cluster', 'default=' + PEER,
             '--max-txn-ops', '1000'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                try:
                    urllib.request.urlopen(CLIENT + '/health').read()
                    break
                except OSError:
                    time.sleep(0.1)
            with open(path, 'w', encoding='ascii') as case:
                for line in lines:
                    case.write(line + '\n')
                    if line and not line.startswith('#'):
                        case.write('=> ' + play(line) + '\n')
        finally:
            member.terminate()
            member.wait()


if __name__ == '__main__':
    here = os.path.dirname(os.path.abspath(__file__))
    for name in sys.argv[2:] or sorted(glob.glob(os.path.join(here, '*.txt'))):
        record(sys.argv[1], name)
        print(name)
