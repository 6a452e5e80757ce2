using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Files;
using Tradepost.Storage.Rejects;

namespace Tradepost.Trading.Candles;

/// <summary>Brings files of candles into the store; doing it again changes nothing.</summary>
internal sealed class FileCandles(CandlesOptions options, JobContext context, DbConnection connection)
{
    /// <summary>As in the table of quotes.</summary>
    public const string UsualExchange = "binance-futures";

    private readonly long now = context.Time.Microseconds();
    private readonly string exchange = options.Exchange ?? UsualExchange;

    /// <summary>The files, each known to be one of candles.</summary>
    /// <exception cref="JobFailedException">One is not, or cannot be read.</exception>
    public static List<CandleFile> Find(CandlesOptions options) => [.. options.Files.SelectMany(path => Find(path, options))];

    /// <summary>Loads a file within a transaction of its own.</summary>
    public async Task<IReadOnlyList<CandleFileResult>> LoadAsync(CandleFile file, CancellationToken cancellationToken)
    {
        var rows = new CandleRows(file, now);
        try
        {
            rows.Read(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"{file.File.Name} cannot be read: {e.Message} Nothing of it was taken.", inner: e);
        }

        var bySymbol = rows.BySymbol.Where(symbol => symbol.Value.Count > 0).ToList();
        if (bySymbol.Count == 0)
        {
            var first = rows.Rejects.Select(reject => $" {reject.Problem}.").FirstOrDefault();
            throw new JobFailedException($"{file.File.Name} has no candles.{first}");
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var results = new List<CandleFileResult>();
        var aside = rows.Rejects;
        foreach (var (symbol, ofSymbol) in bySymbol)
        {
            var merge = CandleMerge.Of(file.File.Name, ofSymbol, options.Stamp, file.NamedTimeframe, now)
                ?? throw new JobFailedException(WrongStep(file.File.Name, ofSymbol));
            results.Add(await WriteAsync(file, symbol, ofSymbol, merge, aside, rows.Comments, cancellationToken));
            aside = [];
        }

        await context.FenceAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return results;
    }

    private async Task<CandleFileResult> WriteAsync(
        CandleFile file,
        string symbol,
        List<CandleRow> rows,
        CandleMerge merge,
        List<Reject> broken,
        long comments,
        CancellationToken cancellationToken
    )
    {
        var key = new CandleKey(exchange, symbol, merge.Timeframe, CandleKey.File);
        var changed = await CandleTable.WriteAsync(context.Store, connection, key, merge.Candles, cancellationToken);
        if (merge.Timeframe == Timeframe.Minute && changed > 0)
        {
            var (from, to) = (merge.Candles[0].OpenTime, merge.Candles[^1].OpenTime);
            await HoursOfMinutes.MakeAsync(context.Store, connection, key, from, to, cancellationToken);
        }

        List<Reject> aside = [.. broken, .. merge.Aside];
        await KeepAsync(file, symbol, aside, cancellationToken);
        return new CandleFileResult(
            file.File.Name,
            exchange,
            symbol,
            merge.Timeframe.Name,
            Moment.ToDateTime(merge.Candles.Count > 0 ? merge.Candles[0].OpenTime : 0),
            Moment.ToDateTime(merge.Candles.Count > 0 ? merge.Candles[^1].OpenTime + merge.Timeframe.Length : 0),
            rows.Count + broken.Count,
            merge.Candles.Count,
            merge.Duplicates,
            merge.Conflicts,
            merge.Missing,
            merge.Gaps,
            aside.Count,
            changed,
            comments,
            rows.Count(row => row.HasOtherTime),
            rows.GroupBy(row => row.Unit)
                .OrderBy(unit => unit.Key)
                .ToDictionary(unit => unit.Key.ToString().ToLowerInvariant(), unit => unit.LongCount()),
            aside
                .GroupBy(reject => reject.Rule)
                .OrderBy(rule => rule.Key, StringComparer.Ordinal)
                .ToDictionary(rule => rule.Key, rule => rule.LongCount())
        );
    }

    /// <summary>Rejects of a file take the place of those that were kept when the same lines were read before.</summary>
    private async Task KeepAsync(CandleFile file, string symbol, List<Reject> aside, CancellationToken cancellationToken)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{exchange}\n{symbol}\n{file.File.Name}")))[..36];
        await connection.ExecuteAsync(
            $"DELETE FROM {RejectTable.Shared} WHERE run_id = @id AND source_table = @table",
            new { id, table = CandleTable.Name },
            cancellationToken
        );
        await RejectTable
            .Of(CandleTable.Name, context.Time)
            .WriteAsync(context.Store, connection, id, file.File.Name, aside, cancellationToken);
    }

    private static string WrongStep(string file, List<CandleRow> rows) =>
        CandleMerge.UsualStep(rows) is { } step
            ? $"Candles of {file} are {TimeSpan.FromMicroseconds(step):c} apart; expected are candles of a minute or an hour."
            : $"{file} has one candle, which does not say whether it is of a minute or an hour; give it a name such as BTCUSDT_1h.csv.";

    private static IEnumerable<CandleFile> Find(string path, CandlesOptions options)
    {
        try
        {
            return [.. DataFile.Below(path).Select(file => CandleFile.Open(file with { Kind = "candles" }, options))];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"{path} cannot be read: {e.Message}", inner: e);
        }
    }
}
