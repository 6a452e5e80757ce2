using System.Buffers;
using Microsoft.AspNetCore.Http;
using Tradepost.Serving.Errors;

namespace Tradepost.Advertising.Events;

/// <summary>
/// The bytes of a body as they were sent. Bodies that wait to become durable take memory: beyond a bound of all of them a further one is told to
/// come again.
/// </summary>
internal sealed class RawBody
{
    private const long MostWaiting = 64 << 20;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long waiting;

    /// <summary>Reads a body and lets it be worked on.</summary>
    public async Task ReadAsync(HttpContext context, Func<ReadOnlyMemory<byte>, Task> work)
    {
        if (context.Request.Headers.ContentEncoding is [_, ..])
        {
            throw new ApiException(415, "The body is compressed; send it as it is, without Content-Encoding.");
        }

        Check(Interlocked.Read(ref waiting));
        var body = new ArrayBufferWriter<byte>();
        var reader = context.Request.BodyReader;
        var counted = 0L;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted);
                foreach (var part in read.Buffer)
                {
                    body.Write(part.Span);
                }

                reader.AdvanceTo(read.Buffer.End);
                var all = Interlocked.Add(ref waiting, body.WrittenCount - counted);
                counted = body.WrittenCount;
                Check(all);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            await work(body.WrittenMemory);
        }
        finally
        {
            Interlocked.Add(ref waiting, -counted);
        }
    }

    private static void Check(long waiting)
    {
        if (waiting > MostWaiting)
        {
            throw new ApiException(
                429,
                "More events wait to be written than are taken at once; send this again after the time in Retry-After.",
                retryAfter: Pause
            );
        }
    }
}
