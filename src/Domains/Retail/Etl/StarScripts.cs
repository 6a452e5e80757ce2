using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>Runs the warehouse's SQL files, filled in for a store and a run's scope.</summary>
internal sealed class StarScripts(Store store, DbConnection connection, RunScope scope)
{
    public Task RunAsync(string name, CancellationToken cancellationToken) => connection.ExecuteAsync(Text(name), null, cancellationToken);

    public string Text(string name) =>
        SqlScript.Load(typeof(StarScripts).Assembly, $"Warehouse/{name}.sql").For(store.Dialect, scope.Placeholders);
}
