using System.Runtime.CompilerServices;
using Tradepost.Storage.Connections;

namespace Tradepost.Storage;

/// <summary>Makes the store that the settings ask for.</summary>
public static class Stores
{
    public static Store Create(StoreTarget target, TimeProvider time) => target switch
    {
        EmbeddedTarget embedded => new DuckDbStore(embedded.Path),
        PostgresTarget postgres => new PostgresStore(postgres, time),
        _ => throw new SwitchExpressionException(target),
    };
}
