using System.Reflection;
using System.Runtime.InteropServices;

namespace Tradepost.Tests.Support;

/// <summary>librdkafka's own mock brokers: a cluster on the loopback address that any client of any process can use, kept in memory.</summary>
public sealed unsafe partial class MockKafka : IDisposable
{
    /// <summary>The requests that errors can be injected into, by their numbers in Kafka's protocol.</summary>
    public const short Produce = 0,
        Fetch = 1,
        OffsetCommit = 8;

    /// <summary>Kafka's error codes.</summary>
    public const int NotLeaderForPartition = 6,
        RequestTimedOut = 7,
        CoordinatorLoadInProgress = 14,
        MessageTooLarge = 10;

    private const string Library = "librdkafka";

    /// <summary>The builds that the package holds for Linux: which of them loads depends on the distribution, and Confluent's client tries them in this order too.</summary>
    private static readonly string[] Builds = ["librdkafka", "centos8-librdkafka", "alpine-librdkafka"];

    private nint client;
    private nint cluster;

    static MockKafka() =>
        NativeLibrary.SetDllImportResolver(typeof(MockKafka).Assembly, (name, assembly, _) => name == Library ? Load(assembly) : 0);

    private MockKafka(int brokers)
    {
        var error = stackalloc byte[256];
        client = rd_kafka_new(0, rd_kafka_conf_new(), error, 256);
        cluster = client == 0 ? 0 : rd_kafka_mock_cluster_new(client, brokers);
        if (cluster == 0)
        {
            throw new InvalidOperationException($"librdkafka starts no mock cluster: {Marshal.PtrToStringUTF8((nint)error)}");
        }

        Brokers = Marshal.PtrToStringUTF8((nint)rd_kafka_mock_cluster_bootstraps(cluster))!;
    }

    /// <summary>What KAFKA_BROKERS holds.</summary>
    public string Brokers { get; }

    public static MockKafka Start(int brokers = 1) => new(brokers);

    public void CreateTopic(string name, int partitions)
    {
        if (rd_kafka_mock_topic_create(cluster, name, partitions, 1) is var error and not 0)
        {
            throw new InvalidOperationException($"The mock cluster makes no topic {name}: error {error}.");
        }
    }

    /// <summary>The next requests of a kind fail, each with the next of these errors.</summary>
    public void FailNext(short request, params int[] errors)
    {
        fixed (int* first = errors)
        {
            rd_kafka_mock_push_request_errors_array(cluster, request, (nuint)errors.Length, first);
        }
    }

    public void Down(int broker = 1) => Check(rd_kafka_mock_broker_set_down(cluster, broker));

    public void Up(int broker = 1) => Check(rd_kafka_mock_broker_set_up(cluster, broker));

    public void Dispose()
    {
        if (cluster != 0)
        {
            rd_kafka_mock_cluster_destroy(cluster);
            rd_kafka_destroy(client);
            (cluster, client) = (0, 0);
        }
    }

    private static nint Load(Assembly assembly)
    {
        foreach (var build in Builds)
        {
            if (NativeLibrary.TryLoad(build, assembly, null, out var library))
            {
                return library;
            }
        }

        throw new DllNotFoundException(
            $"None of {string.Join(", ", Builds)} loads here; the test project has to reference Streams, which brings them."
        );
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"The mock cluster answers with error {error}.");
        }
    }

    [LibraryImport(Library)]
    private static partial nint rd_kafka_conf_new();

    [LibraryImport(Library)]
    private static partial nint rd_kafka_new(int type, nint configuration, byte* error, nuint size);

    [LibraryImport(Library)]
    private static partial void rd_kafka_destroy(nint client);

    [LibraryImport(Library)]
    private static partial nint rd_kafka_mock_cluster_new(nint client, int brokers);

    [LibraryImport(Library)]
    private static partial void rd_kafka_mock_cluster_destroy(nint cluster);

    [LibraryImport(Library)]
    private static partial byte* rd_kafka_mock_cluster_bootstraps(nint cluster);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rd_kafka_mock_topic_create(nint cluster, string topic, int partitions, int replication);

    [LibraryImport(Library)]
    private static partial int rd_kafka_mock_broker_set_down(nint cluster, int broker);

    [LibraryImport(Library)]
    private static partial int rd_kafka_mock_broker_set_up(nint cluster, int broker);

    [LibraryImport(Library)]
    private static partial void rd_kafka_mock_push_request_errors_array(nint cluster, short request, nuint count, int* errors);
}
