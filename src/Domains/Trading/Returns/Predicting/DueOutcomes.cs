using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Trading.Features;
using Tradepost.Training.Ledger;

namespace Tradepost.Trading.Returns.Predicting;

/// <summary>Finds what came of predictions whose outcome is not noted yet.</summary>
/// <param name="source">Where the hours come from.</param>
/// <param name="newest">The newest hours of each symbol; older ones are read where a prediction is of them.</param>
internal sealed class DueOutcomes(IReturnSeries source, IReadOnlyDictionary<string, NewestHours> newest)
{
    /// <summary>The outcomes that are known of predictions of models, whatever their versions.</summary>
    public async Task<IReadOnlyList<KnownOutcome>> FindAsync(
        DbConnection connection,
        IReadOnlyCollection<ReturnModelName> models,
        CancellationToken cancellationToken
    )
    {
        if (newest.Count == 0)
        {
            return [];
        }

        var known = models.ToDictionary(model => model.ToString());
        var asked = new ParameterList("model", known.Keys);
        var latest = newest.Values.Max(hours => hours.Hours.Times[^1]);
        var due = await connection.ReadAsync(
            $"SELECT DISTINCT model, entity, made_for FROM predictions WHERE actual IS NULL AND made_for <= @latest AND model IN ({asked.Names})",
            asked.With(KeyValuePair.Create(nameof(latest), (object?)DateTime.SpecifyKind(latest, DateTimeKind.Unspecified))),
            row => new Due(known[row.GetString(0)], row.GetString(1), row.GetDateTime(2)),
            cancellationToken
        );
        var outcomes = new List<KnownOutcome>();
        foreach (var symbol in due.GroupBy(one => one.Symbol).Where(symbol => newest.ContainsKey(symbol.Key)))
        {
            var hours = await HoursAsync(newest[symbol.Key].Hours, symbol.Min(one => one.MadeAt), cancellationToken);
            outcomes.AddRange(Outcomes(hours, symbol));
        }

        return outcomes;
    }

    private async Task<FeatureSeries> HoursAsync(FeatureSeries hours, DateTime first, CancellationToken cancellationToken) =>
        first >= hours.Times[0] ? hours : await source.HoursAsync(hours.Symbol, first, hours.Times[^1], cancellationToken);

    private static IEnumerable<KnownOutcome> Outcomes(FeatureSeries hours, IEnumerable<Due> due)
    {
        foreach (var horizon in due.GroupBy(one => one.Model.Horizon))
        {
            var labels = LogReturns.Of(hours, horizon.Key);
            foreach (var one in horizon)
            {
                // Rows are hourly without gaps, so a time is a place.
                var row = (int)Math.Round((one.MadeAt - hours.Times[0]).TotalHours);
                if (row >= 0 && row < labels.Length && double.IsFinite(labels[row]))
                {
                    yield return new KnownOutcome(one.Model.ToString(), one.Symbol, one.MadeFor, labels[row]);
                }
            }
        }
    }

    private sealed record Due(ReturnModelName Model, string Symbol, DateTime MadeFor)
    {
        public DateTime MadeAt => MadeFor.AddHours(-Model.Horizon);
    }
}
