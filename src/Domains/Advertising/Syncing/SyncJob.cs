using Microsoft.Extensions.Logging;
using Tradepost.Advertising.Syncing.Graph;
using Tradepost.Arguments;
using Tradepost.Jobs;

namespace Tradepost.Advertising.Syncing;

/// <summary>
/// Brings accounts of the Marketing API up to date, one after the other. One that is not to be had does not keep the others from it; a dead
/// token keeps all.
/// </summary>
internal static class SyncJob
{
    public const string Name = "ads.sync";

    public static async Task<SyncResult> RunAsync(SyncOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var settings = MetaSettings.Of(context.Settings);
        var accounts = Chosen(options, settings);
        using var client = new GraphClient(settings, context.Time, context.Logger);
        var synced = new List<SyncedAccount>();
        var failed = new List<string>();
        foreach (var account in accounts)
        {
            try
            {
                synced.Add(await new AccountSync(client, settings, account, context).RunAsync(options.Since, cancellationToken));
            }
            catch (GraphException e)
            {
                context.Logger.LogError("{Account}: {Problem}", account, e.Message);
                failed.Add($"{account}: {e.Message}. {Remedy(e.Failure)}");
                if (e.Failure == GraphFailure.TokenDead)
                {
                    break;
                }
            }
        }

        return failed.Count == 0
            ? new SyncResult(
                client.Requests,
                synced.Sum(account => account.Rows),
                synced.Sum(account => account.Restated),
                client.Waited.TotalSeconds,
                synced.Sum(account => account.KeptAside),
                synced
            )
            : throw new JobFailedException(
                string.Join(' ', failed)
                    + (synced.Count > 0 ? $" Synced: {string.Join(", ", synced.Select(account => account.Account))}." : "")
            );
    }

    private static IReadOnlyList<string> Chosen(SyncOptions options, MetaSettings settings)
    {
        var asked = options
            .Account.Select(account => account.StartsWith("act_", StringComparison.Ordinal) ? account : $"act_{account}")
            .ToList();
        return asked.Find(account => !settings.Accounts.Contains(account)) is { } unknown
                ? throw new JobFailedException(
                    new Sentence(
                        $"{nameof(SyncOptions.Account):argument} is '{unknown}'; META_ACCOUNTS has {string.Join(", ", settings.Accounts)}."
                    ),
                    exitCode: 2
                )
            : asked.Count > 0 ? asked
            : settings.Accounts;
    }

    private static string Remedy(GraphFailure failure) =>
        failure switch
        {
            GraphFailure.TokenDead => "Give META_ACCESS_TOKEN a new token and sync again; it goes on where it stopped.",
            GraphFailure.Forbidden => "Give the token's owner the right to read this account (ads_read), or take it out of META_ACCOUNTS.",
            GraphFailure.Limited => "The API allows no more for now; sync again later, it goes on where it stopped.",
            GraphFailure.Passing => "The API did not come back in time; sync again later, it goes on where it stopped.",
            _ => "Look at META_ACCOUNTS, META_API_VERSION and META_API_URL; what was read before is in the store.",
        };
}
