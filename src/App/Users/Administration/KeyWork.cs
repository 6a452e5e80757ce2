using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.Tokens;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Users.Administration;

/// <summary>What the <c>users keys</c> commands do on an open store. A key itself is never shown.</summary>
internal sealed class KeyWork(SigningKeys keys, AuditLog audit)
{
    public async Task<CommandResult> ListAsync(CancellationToken cancellationToken)
    {
        var all = (await keys.LoadAsync(cancellationToken))
            .Select((key, index) => new KeyView(key.Id, key.CreatedAt, IsSigning: index == 0))
            .ToList();
        return new CommandResult(new { Items = all }, printer =>
        {
            if (all.Count == 0)
            {
                printer.Line("There is no key yet; the first `tradepost serve` makes one.");
            }
            else
            {
                printer.Table(
                    ["key", "made", "state"],
                    all.Select(key => (IReadOnlyList<object?>)[key.Id, key.CreatedAt, key.IsSigning ? "signs" : "replaced"])
                );
            }
        });
    }

    public async Task<CommandResult> RotateAsync(CancellationToken cancellationToken)
    {
        var id = await keys.RotateAsync(cancellationToken);
        await audit.AddAsync(Origin.CommandLine, "signing_key.rotated", "by command", cancellationToken);
        return new CommandResult(new { Id = id }, printer =>
            printer.Line(
                $"Access tokens are signed with key {id} from now on, within 5 seconds on every server; those of the key before count "
                    + "until they expire."
            )
        );
    }

    private sealed record KeyView(string Id, DateTime CreatedAt, bool IsSigning);
}
