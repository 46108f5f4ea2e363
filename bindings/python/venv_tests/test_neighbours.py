"""Beside protobuf and grpcio, loaded before the library and after it.  Each order in an interpreter of its own; both do
real work."""

import subprocess
import sys
import textwrap
import unittest

JICENG = textwrap.dedent(
    """
    import datetime
    import jiceng

    def work():
        store = jiceng.open("memory:", create=True)
        moment = datetime.datetime(2026, 6, 30, tzinfo=datetime.timezone.utc)
        with store.writer(moment) as writer:
            try:
                writer.apply(b"\\x03\\xff\\xff\\xff")  # no message: the library's own protobuf says so
            except jiceng.InvalidArgument as error:
                assert error.reason, error
            else:
                raise AssertionError("nonsense was applied")
        assert len(store.snapshot().audit(datetime.date(2026, 6, 30))) >= 0
        assert len(jiceng.rules()) > 50
    """
)
PROTOBUF = textwrap.dedent(
    """
    from concurrent import futures
    import grpc
    from google.protobuf import descriptor_pb2, struct_pb2

    def neighbours():
        value = struct_pb2.Struct()
        value.update({"街道": "梅园", "n": [1, 2, {"deep": True}]})
        again = struct_pb2.Struct.FromString(value.SerializeToString())
        assert again == value
        file = descriptor_pb2.FileDescriptorProto.FromString(struct_pb2.DESCRIPTOR.serialized_pb)
        assert file.package == "google.protobuf"
        server = grpc.server(futures.ThreadPoolExecutor(max_workers=2))
        handler = grpc.unary_unary_rpc_method_handler(lambda request, context: request + b"!")
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("t.T", {"Say": handler}),))
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            assert channel.unary_unary("/t.T/Say")(b"hi", timeout=20) == b"hi!"
        server.stop(None).wait()
    """
)
WORK = "work()\nneighbours()\nwork()\nneighbours()\nprint('good')\n"


class Neighbours(unittest.TestCase):
    def run_in_order(self, *parts):
        done = subprocess.run([sys.executable, "-c", "".join(parts)], capture_output=True, text=True, timeout=120)
        self.assertEqual((done.returncode, done.stdout), (0, "good\n"), done.stderr)

    def test_protobuf_and_grpc_first(self):
        self.run_in_order(PROTOBUF, JICENG, WORK)

    def test_the_library_first(self):
        self.run_in_order("import jiceng\njiceng.rules()\n", PROTOBUF, JICENG, WORK)


if __name__ == "__main__":
    unittest.main()
