using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Tradepost.Streams.Topics;

/// <summary>Kafka's client library as the distribution packages it; the one that Confluent's package would bring is not part of this program.</summary>
internal static class KafkaLibrary
{
    public const string Name = "librdkafka.so.1";

    private static readonly Lock Gate = new();
    private static bool isLoaded;

    /// <summary>Loads it, once for the process and before any client.</summary>
    /// <exception cref="TopicException">It is not installed.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (isLoaded)
            {
                return;
            }

            var library = Find(Name);
            NativeLibrary.SetDllImportResolver(
                typeof(Library).Assembly,
                (wanted, _, _) => wanted == "libdl" ? NativeLibrary.Load("libdl.so.2") : wanted.Contains("librdkafka", StringComparison.Ordinal) ? library : 0);
            Library.Load(Name);
            isLoaded = true;
        }
    }

    internal static nint Find(string name) => NativeLibrary.TryLoad(name, out var library)
        ? library
        : throw new TopicException($"Kafka's client library {name} is not installed: install the package librdkafka1 (Debian, Ubuntu) or librdkafka.");
}
