using Tradepost.Storage.Migrations;

namespace Tradepost.Training;

/// <summary>The tables of models and predictions in a store.</summary>
public static class TrainingMigrations
{
    /// <summary>The tables of models, versions, promotions and predictions.</summary>
    public static MigrationSet Set { get; } = MigrationSet.FromAssembly("training", typeof(TrainingMigrations).Assembly);
}
